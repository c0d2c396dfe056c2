using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>The answers of PutRecord and PutRecords in CBOR.</summary>
internal static class PutAnswerCbor
{
    public static void WriteMany(PooledBuffer answer, ReadOnlySpan<AppendOutcome> outcomes)
    {
        var failed = 0;
        foreach (ref readonly var outcome in outcomes)
        {
            failed += outcome.Error is null ? 0 : 1;
        }

        CborOutput.Map(answer, 3);
        CborOutput.Text(answer, "FailedRecordCount"u8);
        CborOutput.Number(answer, (ulong)failed);
        CborOutput.Text(answer, "EncryptionType"u8);
        CborOutput.Text(answer, "NONE"u8);
        CborOutput.Text(answer, "Records"u8);
        CborOutput.List(answer, outcomes.Length);
        foreach (ref readonly var outcome in outcomes)
        {
            CborOutput.Map(answer, 2);
            if (outcome.Error is { } error)
            {
                CborOutput.Text(answer, "ErrorCode"u8);
                CborOutput.Text(answer, PutFailure.CodeOf(error));
                CborOutput.Text(answer, "ErrorMessage"u8);
                CborOutput.Text(answer, error.Message);
            }
            else
            {
                WritePlace(answer, outcome);
            }
        }
    }

    public static void WriteOne(PooledBuffer answer, in AppendOutcome outcome)
    {
        CborOutput.Map(answer, 3);
        WritePlace(answer, outcome);
        CborOutput.Text(answer, "EncryptionType"u8);
        CborOutput.Text(answer, "NONE"u8);
    }

    private static void WritePlace(PooledBuffer answer, in AppendOutcome outcome)
    {
        CborOutput.Text(answer, "SequenceNumber"u8);
        CborOutput.Digits(answer, outcome.SequenceNumber.Value);
        CborOutput.Text(answer, "ShardId"u8);
        CborOutput.Text(answer, outcome.ShardId);
    }
}
