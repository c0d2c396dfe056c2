using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Query.Views;

namespace Tarn.Query.Tests;

/// <summary>Views for <c>cases/views.test</c>, in database v, over the sample tables of database default.</summary>
internal static class ViewTables
{
    public static async Task CreateAsync(QueryLake lake)
    {
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "v" }, CancellationToken.None);
        await OfAsync(
            lake,
            "totals",
            "SELECT user_id, sum(score) AS total FROM scores GROUP BY user_id",
            ("user_id", "varchar"), ("total", "bigint"));
        await OfAsync(lake, "days", "SELECT day, hour, user_id, score FROM default.scores",
            ("day", "varchar"), ("hour", "integer"), ("user_id", "varchar"), ("score", "bigint"));
        await OfAsync(
            lake, "best", "SELECT * FROM v.totals WHERE total > 10", ("user_id", "varchar"), ("total", "bigint"));
        await OfAsync(lake, "wider", "SELECT hour AS h FROM scores", ("h", "bigint"));
        await OfAsync(
            lake, "with_it", "WITH w AS (SELECT day FROM scores) SELECT count(*) AS n FROM w", ("n", "bigint"));
        await OfAsync(
            lake, "latest", "SELECT user_id, day FROM scores ORDER BY day DESC, user_id LIMIT 2",
            ("user_id", "varchar"), ("day", "varchar"));
        await OfAsync(
            lake, "ranked", "SELECT day, hour, count(*) OVER () AS n FROM scores",
            ("day", "varchar"), ("hour", "integer"), ("n", "bigint"));
        await OfAsync(lake, "stale_type", "SELECT user_id FROM scores", ("user_id", "bigint"));
        await OfAsync(lake, "stale_count", "SELECT user_id FROM scores", ("user_id", "varchar"), ("x", "bigint"));
        await OfAsync(lake, "stale_column", "SELECT gone FROM scores", ("gone", "bigint"));
        await OfAsync(lake, "stale_table", "SELECT a FROM gone", ("a", "bigint"));
        await OfAsync(lake, "broken", "SELECT FROM WHERE", ("a", "bigint"));
        await OfAsync(lake, "itself", "SELECT a FROM v.other", ("a", "bigint"));
        await OfAsync(lake, "other", "SELECT a FROM v.itself", ("a", "bigint"));
        await lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("v", "hive_made"),
                TableType = "VIRTUAL_VIEW",
                ViewOriginalText = "SELECT 1",
            },
            CancellationToken.None);
    }

    private static Task<Table> OfAsync(
        QueryLake lake, string name, string sql, params (string Name, string Type)[] columns) =>
        lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("v", name),
                TableType = "VIRTUAL_VIEW",
                ViewOriginalText = new PrestoView
                {
                    Sql = sql,
                    Database = "default",
                    Columns = [.. columns.Select(column => new PrestoViewColumn(column.Name, column.Type))],
                }.Encode(),
            },
            CancellationToken.None);
}
