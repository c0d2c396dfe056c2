using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;

namespace Tarn.Query.Tests;

/// <summary>Tables with projected partitions for <c>cases/projection.test</c>; it is 2026-11-23 04:30 UTC.</summary>
internal static class ProjectedTables
{
    public static async Task CreateAsync(QueryLake lake)
    {
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "pp" }, CancellationToken.None);
        await OfAsync(
            lake,
            "logs",
            "day string; hour int; zone string",
            "day.type=date|day.format=yyyy/MM/dd|day.range=2026/11/20,NOW|hour.type=integer|hour.range=0,23"
            + "|hour.digits=2|zone.type=enum|zone.values=eu,us",
            "s3://lake/logs/${zone}/${day}/${hour}/");
        foreach (var (key, id) in new[]
        {
            ("eu/2026/11/20/05", 1), ("us/2026/11/22/23", 2), ("us/2026/11/23/04", 3), ("us/2026/11/24/04", 4),
            ("asia/2026/11/22/04", 5), ("us/2026/11/22/4", 6),
        })
        {
            await PutAsync(lake, $"s3://lake/logs/{key}/a.json", id);
        }

        await OfAsync(lake, "hive", "n int", "n.type=integer|n.range=-2,8|n.interval=5", null);
        await PutAsync(lake, QueryLake.Location("pp.hive") + "n=-2/a.json", 1);
        await PutAsync(lake, QueryLake.Location("pp.hive") + "n=3/a.json", 2);
        await PutAsync(lake, QueryLake.Location("pp.hive") + "n=4/a.json", 3);
        await OfAsync(
            lake, "recent", "at date", "at.type=date|at.format=yyyyMMdd|at.range=NOW-3DAYS,NOW+1 DAY",
            "s3://lake/recent/${at}");
        foreach (var day in new[] { 19, 20, 23, 24, 25 })
        {
            await PutAsync(lake, $"s3://lake/recent/202611{day}/a.json", day);
        }

        await OfAsync(
            lake, "hours", "h timestamp",
            "h.type=date|h.format=yyyy-MM-dd'T'HH|h.range=2026-11-23T00,NOW|h.interval=2|h.interval.unit=HOURS",
            "s3://lake/hours/${h}/");
        await PutAsync(lake, "s3://lake/hours/2026-11-23T02/a.json", 2);
        await PutAsync(lake, "s3://lake/hours/2026-11-23T03/a.json", 3);
        await OfAsync(
            lake, "months", "m string", "m.type=date|m.format=MMM-yy|m.range=Jan-26,NOW", "s3://lake/m/${m}/");
        await PutAsync(lake, "s3://lake/m/Nov-26/a.json", 11);
        await OfAsync(lake, "device", "id string", "id.type=injected", "s3://lake/device/${id}/");
        await PutAsync(lake, "s3://lake/device/a 7/a.json", 7);
        await PutAsync(lake, "s3://lake/device/b/a.json", 8);
        await BadAsync(lake);
    }

    private static async Task BadAsync(QueryLake lake)
    {
        await OfAsync(lake, "no_type", "k string", "k.values=a", null);
        await OfAsync(lake, "odd_type", "k string", "k.type=list", null);
        await OfAsync(lake, "no_range", "k int", "k.type=integer", null);
        await OfAsync(lake, "word_range", "k int", "k.type=integer|k.range=a,b", null);
        await OfAsync(lake, "no_unit", "k string", "k.type=date|k.format=yyyyMMddHH|k.range=2026010100,NOW", null);
        await OfAsync(lake, "odd_format", "k string", "k.type=date|k.format=QQ|k.range=1,NOW", null);
        await OfAsync(lake, "odd_range", "k string", "k.type=date|k.format=yyyy-MM-dd|k.range=2026,NOW", null);
        await OfAsync(lake, "odd_unit", "k string",
            "k.type=date|k.format=yyyy-MM-dd|k.range=2026-01-01,NOW|k.interval.unit=AGES", null);
        await OfAsync(lake, "template", "k string", "k.type=enum|k.values=a", "s3://lake/x/${other}/");
        await OfAsync(
            lake, "many", "a int; b int", "a.type=integer|a.range=1,2000|b.type=integer|b.range=1,2000", null);
    }

    private static Task<Table> OfAsync(QueryLake lake, string name, string keys, string projection, string? template)
    {
        var parameters = projection.Split('|')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => "projection." + pair[0], pair => pair[1]);
        parameters["projection.enabled"] = "TRUE";
        if (template is not null)
        {
            parameters["storage.location.template"] = template;
        }

        return lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("pp", name),
                Parameters = parameters,
                PartitionKeys =
                [
                    .. keys.Split("; ").Select(key => key.Split(' ')).Select(key => new Column(key[0], key[1])),
                ],
                Storage = new StorageDescriptor
                {
                    Columns = [new Column("v", "int")],
                    Location = QueryLake.Location("pp." + name),
                    SerDe = SerDeNames.OpenXJson,
                },
            },
            CancellationToken.None);
    }

    private static async Task PutAsync(QueryLake lake, string uri, int value)
    {
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{{\"v\":{value}}}\n"));
        await lake.Objects.PutAsync(
            Tarn.Storage.Objects.ObjectKey.Parse(uri),
            body,
            Tarn.Storage.Objects.ObjectAttributes.None,
            CancellationToken.None);
    }
}
