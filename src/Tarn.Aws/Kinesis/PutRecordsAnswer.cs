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
        answer.Append("{\"SequenceNumber\":\""u8);
        PutAnswer.WriteNumber(answer, outcome.SequenceNumber.Value);
        answer.Append("\",\"ShardId\":\""u8);
        PutAnswer.WriteAscii(answer, outcome.ShardId);
        answer.Append("\"}"u8);
    }
}
