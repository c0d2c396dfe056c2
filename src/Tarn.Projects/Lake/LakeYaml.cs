using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Projects.Yaml;
using Tarn.Query.Workgroups;

namespace Tarn.Projects.Lake;

/// <summary>Reads the sections of lake.yaml. Each method reads one kind and reports what it does not know.</summary>
internal static class LakeYaml
{
    private static readonly string[] Formats = ["json", "parquet"];

    public static IEnumerable<Table> Tables(YamlMap root)
    {
        var names = new HashSet<string>();
        foreach (var (name, map) in root.Maps("tables"))
        {
            var parts = name.ToLowerInvariant().Split('.');
            if (parts.Length != 2 || parts.Any(part => part.Length == 0))
            {
                root.Error("tables", $"has '{name}', expected database.table");
            }

            if (!names.Add(name.ToLowerInvariant()))
            {
                root.Error("tables", $"has '{name}' twice: names do not tell upper and lower case apart");
            }

            var parquet = map.Choice("format", Formats) == "parquet";
            yield return new Table
            {
                Name = new TableName(parts[0], parts[^1]),
                Description = map.Text("description") ?? "",
                PartitionKeys = [.. Columns(map, "partitioned_by")],
                Storage = new StorageDescriptor
                {
                    Columns = [.. Columns(map, "columns")],
                    Location = Location(map, map.RequiredText("location"), "location"),
                    SerDe = parquet ? SerDeNames.Parquet : SerDeNames.OpenXJson,
                    InputFormat = parquet ? SerDeNames.ParquetInputFormat : SerDeNames.TextInputFormat,
                    OutputFormat = parquet ? SerDeNames.ParquetOutputFormat : SerDeNames.TextOutputFormat,
                },
                Parameters = Compaction(map)?.ToProperties() ?? new Dictionary<string, string>(),
            };
            map.End();
        }
    }

    private static CompactionSettings? Compaction(YamlMap table)
    {
        if (!table.Keys.Contains("compaction"))
        {
            return null;
        }

        var map = table.Map("compaction");
        if (!map.Keys.Contains("target_mib"))
        {
            table.Error("compaction", "needs 'target_mib'");
        }

        var settings = new CompactionSettings
        {
            TargetBytes = (map.Number(
                "target_mib", CompactionSettings.TargetBytesMin >> 20, CompactionSettings.TargetBytesMax >> 20)
                ?? CompactionSettings.TargetBytesMin >> 20) << 20,
        };
        var after = map.Number("after_minutes", 0, CompactionSettings.AfterMinutesMax);
        var grace = map.Number("grace_minutes", 1, CompactionSettings.GraceMinutesMax);
        map.End();
        return settings with
        {
            After = after is { } wait ? TimeSpan.FromMinutes(wait) : settings.After,
            Grace = grace is { } stay ? TimeSpan.FromMinutes(stay) : settings.Grace,
        };
    }

    public static IEnumerable<Workgroup> Workgroups(YamlMap root)
    {
        foreach (var (name, map) in root.Maps("workgroups"))
        {
            var workgroup = new Workgroup
            {
                Name = name,
                ScannedBytesMax = map.Number("scanned_bytes_max", 1, long.MaxValue),
                DailyScannedBytesMax = map.Number("scanned_bytes_daily_max", 1, long.MaxValue),
                ResultRowsMax = map.Number("result_rows_max", 1, long.MaxValue),
                MemoryBytesMax = map.Number("memory_mib", 16, 1 << 30) << 20,
                RunSecondsMax = (int?)map.Number("run_seconds_max", 1, int.MaxValue / 1000),
                RunningMax = (int?)map.Number("running_max", 1, 1000),
                Description = map.Text("description") ?? "",
            };
            yield return map.Text("output_location") is { } location
                ? workgroup with { OutputLocation = Location(map, location, "output_location") }
                : workgroup;
            map.End();
        }
    }

    private static IEnumerable<Column> Columns(YamlMap map, string key) =>
        map.Texts(key).Select(column => new Column(column.Key.ToLowerInvariant(), column.Value));

    private static string Location(YamlMap map, string text, string key)
    {
        if (text.Length > 0 && !LocationBuckets.TryParse(text, out _))
        {
            map.Error(key, $"must be an s3://bucket/prefix/ location, not '{text}'");
        }

        return text;
    }
}
