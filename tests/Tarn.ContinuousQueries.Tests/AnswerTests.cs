using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>SHOW, DESCRIBE and EXPLAIN.</summary>
public sealed class AnswerTests
{
    private const string PerUser =
        "CREATE MATERIALIZED VIEW per_user AS SELECT user_id, avg(level) AS a FROM scores GROUP BY user_id";

    [Fact]
    public async Task Show_SourcesAndViews_AreRows()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.PutAsync("""{"user_id":"ann","level":2}""");
        await lake.CatchUpAsync("per_user");

        Assert.Equal(["source", "stream", "format", "columns", "watermark"],
            (await lake.ReadAsync("SHOW SOURCES")).Columns);
        Assert.Equal(["scores|scores|JSON|9|NULL"], await RowsAsync(lake, "SHOW SOURCES;"));
        Assert.Equal(["default|per_user|scores|running|1|1|NULL"], await RowsAsync(lake, "show materialized views"));
        Assert.Empty(await RowsAsync(lake, "SHOW SINKS"));
        Assert.True(lake.Engine.GivesRows("SHOW SOURCES"));
        Assert.False(lake.Engine.GivesRows(PerUser));
    }

    [Fact]
    public async Task ShowCreate_RunAgain_IsUnchanged()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);

        var source = string.Join('\n', await RowsAsync(lake, "SHOW CREATE SOURCE scores"));
        var view = string.Join('\n', await RowsAsync(lake, "SHOW CREATE MATERIALIZED VIEW per_user"));

        Assert.StartsWith("CREATE SOURCE scores (\n  user_id VARCHAR,\n", source);
        Assert.Equal("CREATE MATERIALIZED VIEW default.per_user AS\n" + PerUser[(PerUser.IndexOf(" AS ") + 4)..], view);
        Assert.Equal("materialized view per_user is unchanged", await lake.RunAsync(view));
        await lake.RunAsync("DROP MATERIALIZED VIEW per_user");
        await lake.RunAsync("DROP SOURCE scores");
        Assert.Equal("created source scores", await lake.RunAsync(source));
        Assert.Equal("created materialized view per_user", await lake.RunAsync(view));
    }

    [Fact]
    public async Task Describe_SourceAndView_TellColumnsAndKeys()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);

        var source = await RowsAsync(lake, "DESCRIBE SOURCE scores");
        Assert.Contains("column|price|DECIMAL(10,2)|NULL", source);
        Assert.Contains("stream|stream|scores|NULL", source);
        Assert.Contains("format|format|JSON|NULL", source);
        Assert.Equal(
            [
                "column|user_id|VARCHAR|true", "column|a|DOUBLE|false", "source|source|scores|NULL",
                "stream|stream|scores|NULL", "emit|emit|on update|NULL",
            ],
            await RowsAsync(lake, "DESCRIBE MATERIALIZED VIEW default.per_user"));
        Assert.False(lake.Engine.Handles("DESCRIBE source"));
    }

    [Fact]
    public async Task Explain_CreateAndView_ShowTheSamePlan()
    {
        await using var lake = await Lake.OpenAsync();
        var before = await RowsAsync(lake, "EXPLAIN " + PerUser);
        Assert.Empty(lake.Engine.List());
        await lake.RunAsync(PerUser);

        Assert.Equal(before, await RowsAsync(lake, "EXPLAIN MATERIALIZED VIEW per_user"));
        Assert.Equal("view per_user", before[0]);
        Assert.Contains("  state 0 reads: source scores, stream 'scores', JSON, no watermark", before);
        Assert.Contains("       key tarn_k0 VARCHAR", before);
        Assert.Contains(
            before, line => line.StartsWith("       count, added up (BIGINT): count(", StringComparison.Ordinal));
        Assert.Contains(before, line => line.Contains("GROUP BY 1", StringComparison.Ordinal));
        var having = await RowsAsync(lake,
            "EXPLAIN CREATE MATERIALIZED VIEW h AS SELECT game, count(*) FROM scores GROUP BY 1 HAVING count(*) > 3");
        Assert.Contains(having, line =>
            line.StartsWith("  rows of the view: all are computed again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SHOW CREATE SOURCE score", "source 'score' does not exist", "did you mean 'scores'?")]
    [InlineData("DESCRIBE MATERIALIZED VIEW nope", "materialized view 'nope' does not exist", null)]
    [InlineData("EXPLAIN CREATE MATERIALIZED VIEW v AS SELECT * FROM scores",
        "this view keeps every row of 'scores', and nothing says for how long",
        "WITH (ttl = '1 day') after the view's name; GROUP BY with aggregates that can be merged keeps less")]
    public async Task Read_OfWhatIsNotThere_Refused(string sql, string message, string? hint)
    {
        await using var lake = await Lake.OpenAsync();

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.ReadAsync(sql));

        Assert.Equal((message, hint), (refusal.Message, refusal.Hint));
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Lake lake, string sql) =>
        [.. (await lake.ReadAsync(sql)).Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "NULL")))];
}
