using System.Buffers.Text;
using System.Text;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Records;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>The answer of PutRecords in JSON.</summary>
internal readonly struct PutRecordsAnswer : IPutAnswer
{
    public static ReadOnlySpan<byte> Head => "{\"FailedRecordCount\":"u8;

    public static ReadOnlySpan<byte> Rows => ",\"EncryptionType\":\"NONE\",\"Records\":["u8;

    public static string CodeOf(AppendError error) => PutFailure.CodeOf(error);

    public static void WriteRow(PooledBuffer answer, in AppendOutcome outcome)
    {
        // One stretch of the buffer for the whole row: a request has hundreds of them.
        var span = answer.GetSpan(PutAnswer.RowBytesMax + outcome.ShardId.Length);
        var length = Put(span, 0, "{\"SequenceNumber\":\""u8);
        Utf8Formatter.TryFormat(outcome.SequenceNumber.Value, span[length..], out var digits);
        length = Put(span, length + digits, "\",\"ShardId\":\""u8);
        length += Encoding.ASCII.GetBytes(outcome.ShardId, span[length..]);
        answer.Advance(Put(span, length, "\"}"u8));
    }

    private static int Put(Span<byte> span, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(span[at..]);
        return at + text.Length;
    }
}
