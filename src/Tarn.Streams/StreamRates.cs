namespace Tarn.Streams;

/// <summary>How much a shard takes and gives per second.</summary>
public enum StreamRates
{
    /// <summary>As much as the machine can.</summary>
    Unlimited,

    /// <summary>
    /// Kinesis' own: 1 MiB and 1,000 records in, 2 MiB and 5 reads out, for tests of producers and consumers.
    /// </summary>
    Aws,
}
