using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Streams;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>
/// One stream and two logs put into directly, and what is made of them: the lake's layout by arrival and by event time,
/// Parquet, dynamic partitions, and raw records with a backup.
/// </summary>
internal static class KillLake
{
    public const string Stream = "scores";
    public const string Hourly = "hourly";
    public const string Event = "event";
    public const string Rows = "rows";
    public const string Dynamic = "dynamic";
    public const string Plain = "plain";

    /// <summary>Names of all deliveries, which are those of their tables, too.</summary>
    public static readonly IReadOnlyList<string> Deliveries = [Hourly, Event, Rows, Dynamic, Plain];

    /// <summary>The deliveries whose objects are a table's.</summary>
    public static readonly IReadOnlyList<string> Tables = [Hourly, Event, Rows];

    public static TableName TableOf(string delivery) => new("raw", delivery);

    public static async Task MakeAsync(KillServer server)
    {
        if (server.Streams.Find(Stream) is null)
        {
            await server.Streams.CreateAsync(new StreamSpec { Name = Stream, ShardCount = 2 }, default);
        }

        if (await server.Catalog.FindDatabaseAsync("raw", default) is null)
        {
            await server.Catalog.CreateDatabaseAsync(new Database { Name = "raw" }, default);
        }

        foreach (var table in Tables)
        {
            if (await server.Catalog.FindTableAsync(TableOf(table), default) is null)
            {
                await server.Catalog.CreateTableAsync(Table(table), default);
            }
        }

        foreach (var spec in Specs())
        {
            await server.Delivery.PutAsync(spec, default);
        }
    }

    private static Table Table(string name) => new()
    {
        Name = TableOf(name),
        PartitionKeys = [.. LakeLayout.PartitionKeys.Select(key => new Column(key, "string"))],
        Storage = new StorageDescriptor
        {
            Columns = [new("id", "string"), new("game", "string"), new("at", "string")],
            Location = $"s3://lake/raw/{name}/",
            SerDe = name == Rows ? SerDeNames.Parquet : SerDeNames.OpenXJson,
        },
    };

    private static IEnumerable<DeliverySpec> Specs()
    {
        yield return FromStream(Hourly, Layout(Hourly));
        yield return FromStream(Event, Layout(Event) with { EventTime = new EventTime("at", Format: null) });
        var rows = Layout(Rows);
        yield return FromStream(Rows, rows with
        {
            Output = rows.Output with { Compression = CompressionFormat.None, BufferBytesMax = 64 << 20 },
            Conversion = new FormatConversion { Database = "raw", Table = Rows },
        });
        yield return Direct(Dynamic, new ObjectDestination
        {
            Output = Output("dynamic/game=!{partitionKeyFromQuery:game}/") with { BufferBytesMax = 64 << 20 },
            Form = RecordForm.JsonLines,
            Steps = [new MetadataStep { Query = "{game: .game}" }],
            Partitioning = new DynamicPartitioning { RetrySeconds = 7200 },
        });
        yield return Direct(Plain, new ObjectDestination
        {
            Output = Output("plain/") with { Compression = CompressionFormat.Gzip },
            Backup = Output("source/"),
        });
    }

    private static ObjectDestination Layout(string table)
    {
        var layout = LakeLayout.Of(new TableTarget("raw", table));
        return layout with { Output = layout.Output with { BufferSeconds = 1, BufferBytesMax = 1 << 20 } };
    }

    private static ObjectOutput Output(string prefix) => new()
    {
        Bucket = "lake",
        Prefix = prefix,
        ErrorPrefix = $"failed/{prefix[..prefix.IndexOf('/', StringComparison.Ordinal)]}"
            + "/!{firehose:error-output-type}/",
        BufferSeconds = 1,
        BufferBytesMax = 1 << 20,
    };

    private static DeliverySpec FromStream(string name, ObjectDestination destination) =>
        new() { Name = name, Source = new DeliverySource.FromStream(Stream), Destination = destination };

    private static DeliverySpec Direct(string name, ObjectDestination destination) =>
        new() { Name = name, Source = new DeliverySource.DirectPut(), Destination = destination };
}
