using System.Collections.Immutable;

namespace Tarn.Streams;

/// <summary>A stream as it is asked for: what can be set when it is made, and changed later but for the name.</summary>
public sealed record StreamSpec
{
    /// <summary>1 to 128 characters of [a-zA-Z0-9_.-], of an internal stream with a '$' before them.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Kept by another room of the server for itself: it is found by its name, which no outside caller can say, and
    /// not listed.
    /// </summary>
    public bool IsInternal { get; init; }

    /// <summary>Open shards, 1 to 10,000.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>How long records stay readable, 24 to 8,760.</summary>
    public int RetentionHours { get; init; } = 24;

    /// <summary>True for Kinesis' ON_DEMAND mode, which starts with four shards.</summary>
    public bool OnDemand { get; init; }

    /// <summary>The largest record, data and partition key, in bytes: 1 MiB to 10 MiB in whole KiB.</summary>
    public int RecordBytesMax { get; init; } = 1 << 20;

    /// <summary>When an append is answered.</summary>
    public StreamDurability Durability { get; init; }

    /// <summary>How much each shard takes and gives; the server's own setting holds where that is narrower.</summary>
    public StreamRates Rates { get; init; }

    /// <summary>Faults to be met by outside callers.</summary>
    public StreamFaults Faults { get; init; } = StreamFaults.None;

    /// <summary>Figures kept per shard.</summary>
    public EnhancedMetrics EnhancedMetrics { get; init; }

    /// <summary>At most 50; keys of 1 to 128 characters, values of up to 256.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>Tags are told apart and ordered by ordinal key.</summary>
    public static ImmutableSortedDictionary<string, string> NoTags { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
