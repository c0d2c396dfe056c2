namespace Tarn.Query.Tests;

/// <summary>Small tables for cases: scores (JSON, partitioned) and games (Parquet).</summary>
internal static class SampleTables
{
    public static async Task CreateAsync(QueryLake lake)
    {
        await lake.CreateJsonTableAsync(
            "default.scores",
            "user_id string; score bigint; ratio double; at timestamp; tags array<string>",
            "day string; hour int");
        foreach (var (day, hour) in new[] { ("2026-11-22", "23"), ("2026-11-23", "0"), ("2026-11-23", "1") })
        {
            await lake.AddPartitionAsync("default.scores", day, hour);
        }

        await lake.PutAsync(
            "default.scores",
            "2026-11-22/23/a.json.gz",
            """
            {"user_id":"ann","score":10,"ratio":0.5,"at":"2026-11-22 23:10:00","tags":["x","y"]}
            {"user_id":"bob","score":7,"ratio":1.25,"at":"2026-11-22T23:59:59.123Z","tags":[]}
            """);
        await lake.PutAsync(
            "default.scores",
            "2026-11-23/0/b.json",
            """
            {"user_id":"ann","score":3,"at":"2026-11-23 00:00:01"}
            {"user_id":"cid","score":null,"ratio":10000000,"tags":null,"extra":{"a":1}}
            """);
        await lake.PutAsync("default.scores", "2026-11-23/1/c.json.bz2", """{"user_id":"bob","score":5}""" + "\n");
        await lake.PutAsync("default.scores", "2026-11-23/1/_SUCCESS", "x");
        await lake.PutAsync("default.scores", "2026-11-23/1/.hidden.json", "no json");
        await lake.CreateParquetTableAsync("default.games", "id int; name string; price decimal(10,2); added string");
        await lake.PutParquetAsync(
            "default.games", "g1.parquet", "SELECT 1::BIGINT AS \"ID\", 'chess' AS name, 9.50::DECIMAL(10,2) AS price");
        await lake.PutParquetAsync(
            "default.games", "g2.parquet", "SELECT 2 AS id, 'go' AS name, 'late' AS added");
        await lake.CreateJsonTableAsync("default.nothing", "a bigint; b string");
    }
}
