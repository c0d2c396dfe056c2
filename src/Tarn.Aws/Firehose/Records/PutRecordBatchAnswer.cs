using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Records;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.Aws.Firehose.Records;

/// <summary>
/// The answer of PutRecordBatch. Some producers look for the count of failures as text, without a space.
/// </summary>
internal readonly struct PutRecordBatchAnswer : IPutAnswer
{
    public static ReadOnlySpan<byte> Head => "{\"FailedPutCount\":"u8;

    public static ReadOnlySpan<byte> Rows => ",\"Encrypted\":false,\"RequestResponses\":["u8;

    /// <summary>One of AWS's two; the first says that the record may be put again.</summary>
    public static string CodeOf(AppendError error) =>
        error.Kind is ErrorKind.Unavailable or ErrorKind.LimitExceeded
            ? "ServiceUnavailableException"
            : "InternalFailure";

    public static void WriteRow(PooledBuffer answer, in AppendOutcome outcome)
    {
        answer.Append("{\"RecordId\":\""u8);
        WriteId(answer, outcome);
        answer.Append("\"}"u8);
    }

    /// <summary>
    /// A record's id: shard and sequence number, as they stand in the name of the object that it is delivered in.
    /// </summary>
    public static void WriteId(PooledBuffer answer, in AppendOutcome outcome)
    {
        PutAnswer.WriteAscii(answer, outcome.ShardId);
        answer.Append("-"u8);
        PutAnswer.WriteNumber(answer, outcome.SequenceNumber.Value);
    }
}
