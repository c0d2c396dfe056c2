using Tarn.Streams.Records;

namespace Tarn.Delivery;

/// <summary>Settings of all delivery streams together.</summary>
public sealed record DeliveryOptions
{
    /// <summary>How often the source is looked at for new shards, or for having been created again.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two reads of a shard that had nothing more; bounds the cost of a trickle.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Pause after the first failure; doubles with each further one.</summary>
    public TimeSpan RetryDelayMin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Payload bytes held per shard while a batch is written.</summary>
    public int ReadBytesMax { get; init; } = 1 << 20;

    /// <summary>Bounds of one read of a shard.</summary>
    internal ReadBounds ReadBounds => new(RecordsMax: 10_000, ReadBytesMax);

    /// <summary>
    /// Bytes that one query of a hybrid table may stage of what is not delivered yet; a query of more is refused.
    /// </summary>
    public long HybridTailBytesMax { get; init; } = 4L << 30;

    /// <summary>
    /// Memory of the DuckDB instance that writes Parquet; what a row group needs beyond it spills to the staging
    /// directory.
    /// </summary>
    public long ConversionMemoryBytesMax { get; init; } = 512L << 20;
}
