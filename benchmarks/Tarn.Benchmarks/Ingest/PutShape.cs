namespace Tarn.Benchmarks.Ingest;

/// <summary>What a request of a round puts.</summary>
/// <param name="Records">1: PutRecord; more: PutRecords.</param>
/// <param name="RecordBytes">Payload of each.</param>
internal sealed record PutShape(int Records, int RecordBytes)
{
    /// <summary>What the main table measures.</summary>
    public static readonly PutShape Usual = new(500, Lakes.ScoreRecords.Bytes);

    public static readonly IReadOnlyList<PutShape> Others =
        [new(1, Lakes.ScoreRecords.Bytes), new(500, 10_000), new(1, 1_000_000)];

    public string Operation => Records == 1 ? "PutRecord" : "PutRecords";

    /// <summary>Stands in the answer when all is stored.</summary>
    public string Success => Records == 1 ? "\"SequenceNumber\":" : "\"FailedRecordCount\":0";

    public override string ToString() => $"{Operation}, {Records:#,0} x {RecordBytes:#,0} bytes";
}
