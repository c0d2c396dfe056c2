using System.Collections.Immutable;

namespace Tarn.Streams.Definitions;

/// <summary>A stream as it is kept in the metadata store; its layout is docs/formats/stream-definition.md.</summary>
internal sealed record StreamDefinition
{
    public required string Name { get; init; }

    /// <summary>Also the name of its folder.</summary>
    public required Guid Id { get; init; }

    public required long CreatedMs { get; init; }

    public required int RetentionHours { get; init; }

    public required bool OnDemand { get; init; }

    /// <summary>Absent members of this kind mean what <see cref="StreamSpec"/> says without them.</summary>
    public int? RecordBytesMax { get; init; }

    public StreamDurability? Durability { get; init; }

    public StreamRates? Rates { get; init; }

    public StreamFaults? Faults { get; init; }

    public EnhancedMetrics? EnhancedMetrics { get; init; }

    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    /// <summary>By number.</summary>
    public required ImmutableArray<ShardDefinition> Shards { get; init; }

    public string FolderName => Id.ToString("N");

    public StreamSpec Spec => new()
    {
        Name = Name,
        IsInternal = StreamLimits.IsInternal(Name),
        ShardCount = Shards.Count(shard => shard.IsOpen),
        RetentionHours = RetentionHours,
        OnDemand = OnDemand,
        RecordBytesMax = RecordBytesMax ?? StreamLimits.RecordBytesMin,
        Durability = Durability ?? default,
        Rates = Rates ?? default,
        Faults = Faults ?? StreamFaults.None,
        EnhancedMetrics = EnhancedMetrics ?? default,
        Tags = Tags?.WithComparers(StringComparer.Ordinal) ?? StreamSpec.NoTags,
    };

    /// <summary>
    /// The definition with these settings; name and shards stay. What is as always is left out of the JSON.
    /// </summary>
    public StreamDefinition With(StreamSpec spec) => this with
    {
        RetentionHours = spec.RetentionHours,
        OnDemand = spec.OnDemand,
        RecordBytesMax = spec.RecordBytesMax == StreamLimits.RecordBytesMin ? null : spec.RecordBytesMax,
        Durability = spec.Durability == default ? null : spec.Durability,
        Rates = spec.Rates == default ? null : spec.Rates,
        Faults = spec.Faults == StreamFaults.None ? null : spec.Faults,
        EnhancedMetrics = spec.EnhancedMetrics == default ? null : spec.EnhancedMetrics,
        Tags = spec.Tags.IsEmpty ? null : spec.Tags,
    };
}
