using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html in CBOR.</summary>
internal static class RecordsCbor
{
    /// <summary>Names, heads and numbers of one record.</summary>
    private const int FixedBytesMax = 160;

    /// <summary>The member Records, with its name.</summary>
    public static void Write(PooledBuffer answer, IReadOnlyList<StreamRecord> records)
    {
        long bytes = 64;
        for (var i = 0; i < records.Count; i++)
        {
            bytes += FixedBytesMax + records[i].Data.Length + records[i].PartitionKey.Length;
        }

        answer.GetSpan((int)bytes); // all at once, instead of growing a dozen times
        CborOutput.Text(answer, "Records"u8);
        CborOutput.List(answer, records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            Write(answer, records[i]);
        }
    }

    private static void Write(PooledBuffer answer, in StreamRecord record)
    {
        CborOutput.Map(answer, 5);
        CborOutput.Text(answer, "ApproximateArrivalTimestamp"u8);
        CborOutput.Time(answer, record.ArrivalTime);
        CborOutput.Text(answer, "Data"u8);
        CborOutput.Blob(answer, record.Data.Span);
        CborOutput.Text(answer, "EncryptionType"u8);
        CborOutput.Text(answer, "NONE"u8);
        CborOutput.Text(answer, "PartitionKey"u8);
        CborOutput.Text(answer, record.PartitionKey.Span);
        CborOutput.Text(answer, "SequenceNumber"u8);
        CborOutput.Digits(answer, record.SequenceNumber.Value);
    }
}
