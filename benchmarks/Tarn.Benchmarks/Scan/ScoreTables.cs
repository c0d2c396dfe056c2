using Tarn.Benchmarks.Lakes;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Storage.Objects;

namespace Tarn.Benchmarks.Scan;

/// <summary>The same game scores twice: as gzip JSON lines and as Parquet, in eight objects each.</summary>
internal static class ScoreTables
{
    public const string Json = "scores_json";
    public const string Parquet = "scores_parquet";

    private const int Files = 8;

    /// <summary>Makes both tables and returns, per table, the local files that hold its objects.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<LocalFile>>> MakeAsync(
        BenchmarkLake lake, RawDuckDb duckDb, int rows)
    {
        var (objects, catalog) = (lake.Get<IObjectStore>(), lake.Get<ICatalog>());
        await objects.CreateBucketAsync("lake", CancellationToken.None);
        await catalog.CreateDatabaseAsync(new Database { Name = "bench" }, CancellationToken.None);
        return new Dictionary<string, IReadOnlyList<LocalFile>>
        {
            [Json] = await MakeAsync(Json, SerDeNames.OpenXJson, ".json.gz", "FORMAT json, COMPRESSION gzip"),
            [Parquet] = await MakeAsync(Parquet, SerDeNames.Parquet, ".parquet", "FORMAT parquet, COMPRESSION zstd"),
        };

        async Task<IReadOnlyList<LocalFile>> MakeAsync(string table, string serDe, string extension, string format)
        {
            await catalog.CreateTableAsync(Definition(table, serDe), CancellationToken.None);
            var files = new List<LocalFile>();
            for (var file = 0; file < Files; file++)
            {
                var staged = Path.Combine(objects.StagingDirectory, table + file + extension);
                duckDb.Run($"COPY ({Rows((long)rows * file / Files, (long)rows * (file + 1) / Files)}) "
                    + $"TO '{staged}' ({format})");
                var key = new ObjectKey("lake", $"{table}/{file}{extension}");
                await objects.PutFileAsync(key, staged, ObjectAttributes.None, CancellationToken.None);
                files.Add((await objects.OpenLocalAsync(key, CancellationToken.None))!);
            }

            return files;
        }
    }

    private static Table Definition(string table, string serDe) => new()
    {
        Name = new TableName("bench", table),
        Storage = new StorageDescriptor
        {
            Columns =
            [
                new("user_id", "bigint"),
                new("game", "string"),
                new("score", "bigint"),
                new("level", "int"),
                new("at", "string"),
                new("note", "string"),
            ],
            Location = $"s3://lake/{table}/",
            SerDe = serDe,
        },
    };

    private static string Rows(long first, long end) =>
        "SELECT CAST(hash(i) % 100000 AS BIGINT) AS user_id, format('game-{:02d}', CAST(hash(i + 1) % 20 AS INTEGER)) "
        + "AS game, CAST(hash(i + 2) % 10000 AS BIGINT) AS score, CAST(hash(i + 3) % 50 AS INTEGER) AS level, "
        + "strftime(TIMESTAMP '2026-11-23 04:00:00' + to_milliseconds(i), '%Y-%m-%dT%H:%M:%S.%gZ') AS at, "
        + $"format('note {{}}', hash(i + 4) % 1000) AS note FROM range({first}, {end}) t(i)";
}
