using Tarn.Benchmarks.Lakes;
using Tarn.Benchmarks.Scan;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Storage.Objects;
using Tarn.Testing.Tpch;

namespace Tarn.Benchmarks.Queries;

/// <summary>TPC-H's tables at scale factor 1 as Parquet objects, and views of raw DuckDB over the same files.</summary>
internal static class TpchFiles
{
    public const string Database = "tpch";

    private const double Scale = 1;

    public static async Task MakeAsync(BenchmarkLake lake, RawDuckDb duckDb)
    {
        var (objects, catalog) = (lake.Get<IObjectStore>(), lake.Get<ICatalog>());
        await catalog.CreateDatabaseAsync(new Database { Name = Database }, CancellationToken.None);
        duckDb.Run(TpchTables.Macros);
        foreach (var table in TpchTables.At(Scale))
        {
            await catalog.CreateTableAsync(Definition(table), CancellationToken.None);
            var staged = Path.Combine(objects.StagingDirectory, table.Name);
            duckDb.Run($"COPY ({table.Select}) TO '{staged}' (FORMAT parquet)");
            var key = new ObjectKey(QueriesBenchmark.Bucket, $"{Database}/{table.Name}/all.parquet");
            await objects.PutFileAsync(key, staged, ObjectAttributes.None, CancellationToken.None);
            using var file = (await objects.OpenLocalAsync(key, CancellationToken.None))!;
            duckDb.Run($"CREATE VIEW {table.Name} AS SELECT * FROM read_parquet('{file.Path}')");
        }
    }

    private static Table Definition(TpchTable table) => new()
    {
        Name = new TableName(Database, table.Name),
        Storage = new StorageDescriptor
        {
            Columns = [.. table.Columns.Split("; ").Select(text => text.Split(' ', 2))
                .Select(column => new Column(column[0], column[1]))],
            Location = $"s3://{QueriesBenchmark.Bucket}/{Database}/{table.Name}/",
            SerDe = SerDeNames.Parquet,
        },
    };
}
