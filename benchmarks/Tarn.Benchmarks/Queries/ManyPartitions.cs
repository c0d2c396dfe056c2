using System.Globalization;
using Tarn.Benchmarks.Lakes;
using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Storage.Objects;

namespace Tarn.Benchmarks.Queries;

/// <summary>A table with 100,000 partitions, of which one has an object with one row.</summary>
internal static class ManyPartitions
{
    /// <summary>What is asked for, and the query; each counts the one row.</summary>
    public static readonly (string What, string Sql)[] Counts =
    [
        ("one of 100,000 partitions", "SELECT count(*) FROM many WHERE day = '2020-01-03' AND part = 7"),
        ("one, by keys that do not lead or are ranges",
            "SELECT count(*) FROM many WHERE part IN (7) AND day > '2020-01-02' AND day < '2020-01-04'"),
        ("500, by a range of the first key",
            "SELECT count(*) FROM many WHERE day BETWEEN '2020-01-01' AND '2020-01-05'"),
        ("1,000, by a number that does not lead", "SELECT count(*) FROM many WHERE part = 7"),
    ];

    /// <summary>Adds a partition without objects, so that the next query finds other partitions than before.</summary>
    public static string AddPartition(int number) => string.Create(
        CultureInfo.InvariantCulture, $"ALTER TABLE many ADD PARTITION (day = '2030-01-01', part = {number})");

    private const int Days = 1000;
    private const int Parts = 100;
    private const int CallMax = 10_000;

    public static async Task MakeAsync(BenchmarkLake lake)
    {
        var catalog = lake.Get<ICatalog>();
        var name = new TableName(TpchFiles.Database, "many");
        var location = $"s3://{QueriesBenchmark.Bucket}/many/";
        await catalog.CreateTableAsync(
            new Table
            {
                Name = name,
                PartitionKeys = [new("day", "string"), new("part", "int")],
                Storage = new StorageDescriptor
                {
                    Columns = [new("value", "bigint")], Location = location, SerDe = SerDeNames.OpenXJson,
                },
            },
            CancellationToken.None);
        foreach (var partitions in All(location).Chunk(CallMax))
        {
            await catalog.AddPartitionsAsync(name, partitions, CancellationToken.None);
        }

        using var body = new MemoryStream("{\"value\":1}\n"u8.ToArray());
        await lake.Get<IObjectStore>().PutAsync(
            new ObjectKey(QueriesBenchmark.Bucket, "many/day=2020-01-03/part=7/one.json"),
            body,
            ObjectAttributes.None,
            CancellationToken.None);
    }

    private static IEnumerable<Partition> All(string location) =>
        from day in Enumerable.Range(0, Days)
        let date = new DateOnly(2020, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        from part in Enumerable.Range(0, Parts)
        select new Partition(
            [date, part.ToString(CultureInfo.InvariantCulture)],
            $"{location}day={date}/part={part}/",
            DateTimeOffset.UnixEpoch);
}
