using System.Collections.Immutable;
using Tarn.Streams;

namespace Tarn.Console.Api.Streams;

/// <summary>What may be said about a stream's settings; what is left out stays as it is.</summary>
internal sealed record StreamSettings(
    string? Name = null,
    int? Shards = null,
    StreamMode? Mode = null,
    int? RetentionHours = null,
    DurabilityWord? Durability = null,
    LimitsWord? Limits = null,
    double? ErrorRate = null,
    int? LatencyMs = null,
    int? MaxRecordKib = null,
    IReadOnlyDictionary<string, string>? Tags = null)
{
    public StreamSpec Change(StreamSpec spec) => spec with
    {
        ShardCount = Shards ?? spec.ShardCount,
        OnDemand = Mode is { } mode ? mode == StreamMode.OnDemand : spec.OnDemand,
        RetentionHours = RetentionHours ?? spec.RetentionHours,
        Durability = Durability switch
        {
            DurabilityWord.Disk => StreamDurability.Disk,
            DurabilityWord.Os => StreamDurability.OperatingSystem,
            _ => spec.Durability,
        },
        Rates = Limits switch
        {
            LimitsWord.None => StreamRates.Unlimited,
            LimitsWord.Aws => StreamRates.Aws,
            _ => spec.Rates,
        },
        Faults = new StreamFaults(
            ErrorRate ?? spec.Faults.ErrorRate, LatencyMs ?? spec.Faults.LatencyMilliseconds),
        RecordBytesMax = MaxRecordKib is { } kib ? (int)Math.Min((long)kib << 10, int.MaxValue) : spec.RecordBytesMax,
        Tags = Tags?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? spec.Tags,
    };
}
