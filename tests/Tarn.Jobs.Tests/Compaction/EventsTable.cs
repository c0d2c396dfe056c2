using System.Text;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Tests.Compaction;

/// <summary>
/// The table raw.events of a lake, partitioned by hour and compacted: objects of 2026-11-23 03:00 to 04:00 UTC, which
/// is over when the lake opens.
/// </summary>
internal static class EventsTable
{
    public const string Folder = "raw/events/year=2026/month=11/day=23/hour=03/";

    public static readonly TableName Name = new("raw", "events");

    private static readonly string[] Hour = ["2026", "11", "23", "03"];

    public static Table Define(string serDe) => new()
    {
        Name = Name,
        PartitionKeys = [.. new[] { "year", "month", "day", "hour" }.Select(key => new Column(key, "string"))],
        Storage = new StorageDescriptor
        {
            Columns = [new Column("n", "bigint"), new Column("game", "string")],
            Location = "s3://lake/raw/events/",
            SerDe = serDe,
        },
        Parameters = new Dictionary<string, string>
        {
            [CompactionSettings.TargetBytesName] = "1048576",
            [CompactionSettings.AfterMinutesName] = "15",
            [CompactionSettings.GraceMinutesName] = "10",
        },
    };

    public static async Task MakeAsync(JobsLake lake, string serDe = SerDeNames.OpenXJson)
    {
        if (await lake.Store.FindBucketAsync("lake", default) is null)
        {
            await lake.Store.CreateBucketAsync("lake", default);
            await lake.Catalog.CreateDatabaseAsync(new Database { Name = "raw" }, default);
        }

        await lake.Catalog.CreateTableAsync(Define(serDe), default);
        await RegisterAsync(lake);
    }

    public static Task RegisterAsync(JobsLake lake) => lake.Catalog.AddPartitionsAsync(
        Name, [new Partition(Hour, $"s3://lake/{Folder}", DateTimeOffset.UnixEpoch)], default);

    public static async Task DropAsync(JobsLake lake) => await lake.Catalog.DeleteTableAsync(Name, default);

    /// <summary>Puts an object with one row per number; its name says how it is compressed.</summary>
    public static Task PutAsync(JobsLake lake, string name, params int[] numbers) =>
        PutTextAsync(lake, name, string.Concat(numbers.Select(n => $$"""{"n":{{n}},"game":"g{{n % 2}}"}""" + "\n")));

    public static async Task PutTextAsync(JobsLake lake, string name, string text)
    {
        var bytes = CompressionCodec.Compress(Encoding.UTF8.GetBytes(text), CompressionCodec.FromName(name));
        using var body = new MemoryStream(bytes);
        await lake.Store.PutAsync(new ObjectKey("lake", Folder + name), body, ObjectAttributes.None, default);
    }

    /// <summary>The rows' numbers as a query reads them, in order.</summary>
    public static Task<IReadOnlyList<object?>> RowsAsync(JobsLake lake) =>
        lake.SelectAsync("SELECT n FROM raw.events ORDER BY n");

    /// <summary>Names of the objects that stand in the hour's folder.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(JobsLake lake) =>
        [.. (await lake.KeysAsync(Folder)).Select(key => key[Folder.Length..])];

    /// <summary>The unpacked text of an object.</summary>
    public static async Task<string> ReadAsync(JobsLake lake, string name)
    {
        await using var content = await lake.Store.OpenAsync(new ObjectKey("lake", Folder + name), null, default);
        using var bytes = new MemoryStream();
        await content!.Body.CopyToAsync(bytes);
        return Encoding.UTF8.GetString(
            CompressionCodec.Decompress(bytes.ToArray(), CompressionCodec.FromName(name), 1 << 20));
    }
}
