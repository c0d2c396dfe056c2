using System.Collections.Immutable;
using Tarn.Projects.Yaml;
using Tarn.Streams;

namespace Tarn.Projects.Lake;

/// <summary>Reads the section <c>streams</c> of lake.yaml.</summary>
internal static class StreamYaml
{
    private const int ShardsOnDemand = 4;
    private static readonly string[] Modes = ["provisioned", "on_demand"];
    private static readonly string[] Durabilities = ["disk", "os"];
    private static readonly string[] Limits = ["none", "aws"];

    public static IEnumerable<StreamSpec> Read(YamlMap root)
    {
        foreach (var (name, map) in root.Maps("streams"))
        {
            var onDemand = map.Choice("mode", Modes) == "on_demand";
            var shards = map.Number("shards", 1, 10_000);
            if (onDemand && shards is not null)
            {
                map.Error("shards", "must be left out: the shards of a stream on demand follow its load");
            }

            yield return new StreamSpec
            {
                Name = name,
                OnDemand = onDemand,
                ShardCount = onDemand ? ShardsOnDemand : (int)(shards ?? 1),
                RetentionHours = (int)(map.Number("retention_hours", 24, 8760) ?? 24),
                Durability = map.Choice("durability", Durabilities) == "os"
                    ? StreamDurability.OperatingSystem
                    : StreamDurability.Disk,
                Rates = map.Choice("limits", Limits) == "aws" ? StreamRates.Aws : StreamRates.Unlimited,
                Faults = Faults(map.Map("faults")),
                RecordBytesMax = (int)(map.Number("max_record_kib", 1024, 10_240) ?? 1024) << 10,
                Tags = map.Texts("tags").ToImmutableSortedDictionary(
                    tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
            };
            map.End();
        }
    }

    private static StreamFaults Faults(YamlMap map)
    {
        var faults = new StreamFaults(
            map.Fraction("error_rate", 0, 1) ?? 0, (int)(map.Number("latency_ms", 0, 60_000) ?? 0));
        map.End();
        return faults == StreamFaults.None ? StreamFaults.None : faults;
    }
}
