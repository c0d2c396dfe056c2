using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Lake;

/// <summary>
/// Reads the section <c>delivery</c> of lake.yaml. With a table and a prefix without expressions a delivery stream has
/// the lake's own layout; its format follows the table where the same file declares it.
/// </summary>
internal static class DeliveryYaml
{
    private static readonly string[] Sources = ["stream", "direct_put"];
    private static readonly string[] Formats = ["json", "parquet"];
    private static readonly string[] Forms = ["raw", "json_lines"];
    private static readonly string[] Backups = ["failed", "all"];
    private static readonly string[] Truths = ["true", "false"];
    private static readonly string[] Codecs = [.. CompressionCodec.Names];

    public static IEnumerable<DeliverySpec> Read(YamlMap root, IReadOnlyList<Table> tables)
    {
        foreach (var (name, map) in root.Maps("delivery"))
        {
            yield return new DeliverySpec
            {
                Name = name,
                Source = Source(map),
                Destination = map.Keys.Contains("endpoint") ? Endpoint(name, map) : Objects(map, tables),
            };
            map.End();
        }
    }

    private static DeliverySource Source(YamlMap map)
    {
        if (map.Choice("source", Sources) != "direct_put")
        {
            return new DeliverySource.FromStream(map.RequiredText("stream"));
        }

        if (map.Text("stream") is not null)
        {
            map.Error("stream", "must be left out: records are put into the delivery stream itself");
        }

        return new DeliverySource.DirectPut();
    }

    private static ObjectDestination Objects(YamlMap map, IReadOnlyList<Table> tables)
    {
        var target = Target(map);
        var bucket = map.Text("bucket") ?? LakeLayout.Bucket;
        var prefix = map.Text("prefix");
        var isLake = target is not null && prefix?.Contains("!{", StringComparison.Ordinal) != true;
        var basis = isLake
            ? LakeLayout.Of(target!, bucket, prefix ?? LakeLayout.Prefix)
            : new ObjectDestination
            {
                Output = Gzipped(bucket, prefix ?? ""),
                Form = target is null ? RecordForm.Raw : RecordForm.JsonLines,
                Table = target,
            };
        var conversion = Conversion(map, target, tables);
        var partitioning = map.Keys.Contains("partitioning") ? map.Map("partitioning") : null;
        var destination = basis with
        {
            Output = Output(map, conversion is null ? basis.Output : basis.Output with { Compression = default }),
            Form = map.Choice("records", Forms) switch
            {
                "raw" => RecordForm.Raw,
                "json_lines" => RecordForm.JsonLines,
                _ => basis.Form,
            },
            EventTime = EventTime(map),
            Conversion = conversion,
            Partitioning = partitioning is null ? null : new DynamicPartitioning
            {
                RetrySeconds = (int)(partitioning.Number("retry_seconds", 0, 7200) ?? 300),
            },
            Steps = Steps([.. DeliverySteps.Read(map), .. Query(partitioning)]),
            Backup = map.Keys.Contains("backup") ? Backup(map.Map("backup")) : null,
        };
        partitioning?.End();
        return destination;
    }

    private static EndpointDestination Endpoint(string name, YamlMap map)
    {
        var endpoint = map.Map("endpoint");
        var destination = new EndpointDestination
        {
            Url = endpoint.RequiredText("url"),
            Name = endpoint.Text("name") ?? name,
            AccessKey = endpoint.Text("access_key"),
            Gzip = endpoint.Choice("gzip", Truths) == "true",
            CommonAttributes = endpoint.Texts("attributes"),
            BufferSeconds = (int)(endpoint.Number("buffer_seconds", 0, 900) ?? 60),
            BufferBytesMax = (endpoint.Number("buffer_mib", 1, 64) ?? 5) << 20,
            RetrySeconds = (int)(endpoint.Number("retry_seconds", 0, 7200) ?? 300),
            BackupAll = endpoint.Choice("backup", Backups) == "all",
            Output = Output(map, Gzipped(
                map.Text("bucket") ?? LakeLayout.Bucket, map.Text("prefix") ?? $"delivery/{name}/")),
            Steps = Steps([.. DeliverySteps.Read(map)]),
        };
        endpoint.End();
        return destination;
    }

    /// <summary>None is the one empty list, as in settings that never had any.</summary>
    private static RecordStep[] Steps(RecordStep[] steps) => steps.Length == 0 ? [] : steps;

    private static TableTarget? Target(YamlMap map)
    {
        if (map.Text("table") is not { } text)
        {
            return null;
        }

        var parts = text.ToLowerInvariant().Split('.');
        if (parts.Length != 2 || parts.Any(part => part.Length == 0))
        {
            map.Error("table", "must be database.table");
        }

        return new TableTarget(parts[0], parts[^1]);
    }

    private static ObjectOutput Gzipped(string bucket, string prefix) => new()
    {
        Bucket = bucket,
        Prefix = prefix,
        Compression = CompressionFormat.Gzip,
        BufferSeconds = 60,
        BufferBytesMax = 64L << 20,
    };

    private static ObjectOutput Output(YamlMap map, ObjectOutput basis) => basis with
    {
        ErrorPrefix = map.Text("error_prefix") ?? basis.ErrorPrefix,
        TimeZone = map.Text("time_zone") ?? basis.TimeZone,
        FileExtension = map.Text("file_extension"),
        Compression = map.Choice("compression", Codecs) is { } codec
            ? CompressionCodec.Parse(codec)
            : basis.Compression,
        BufferSeconds = (int)(map.Number("buffer_seconds", 0, 900) ?? basis.BufferSeconds),
        BufferBytesMax = (map.Number("buffer_mib", 1, 128) ?? basis.BufferBytesMax >> 20) << 20,
    };

    private static ObjectOutput Backup(YamlMap map)
    {
        var output = Output(map, Gzipped(map.Text("bucket") ?? LakeLayout.Bucket, map.RequiredText("prefix")));
        map.End();
        return output;
    }

    private static EventTime? EventTime(YamlMap map)
    {
        if (!map.Keys.Contains("event_time"))
        {
            return null;
        }

        var time = map.Map("event_time");
        var read = new EventTime(time.RequiredText("field"), time.Text("format"));
        time.End();
        return read;
    }

    private static IEnumerable<RecordStep> Query(YamlMap? partitioning)
    {
        if (partitioning?.Text("query") is { } query)
        {
            yield return new MetadataStep { Query = query.Trim() };
        }
    }

    private static FormatConversion? Conversion(YamlMap map, TableTarget? target, IReadOnlyList<Table> tables)
    {
        var declared = tables.FirstOrDefault(table => table.Name.Database == target?.Database
            && table.Name.Name == target.Table);
        var format = map.Choice("format", Formats);
        var isParquet = format is null ? declared?.Storage.SerDe == SerDeNames.Parquet : format == "parquet";
        if (!isParquet)
        {
            foreach (var key in map.Keys.Where(key => key is "parquet" or "json"))
            {
                map.Error(key, "needs the format parquet");
                map.Map(key);
            }

            return null;
        }

        if (target is null)
        {
            map.Error("format", "parquet needs 'table': its columns are the file's");
        }

        return new FormatConversion
        {
            Database = target?.Database ?? "",
            Table = target?.Table ?? "",
            Input = ConversionYaml.Input(map.Map("json")),
            Output = ConversionYaml.Output(map.Map("parquet")),
        };
    }
}
