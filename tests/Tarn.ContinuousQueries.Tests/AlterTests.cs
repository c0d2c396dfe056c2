using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>ALTER SOURCE and CREATE OR REPLACE SOURCE, under views that read on.</summary>
public sealed class AlterTests
{
    private const string PerUser =
        "CREATE MATERIALIZED VIEW per_user AS"
        + " SELECT user_id, lower(game) AS team, count(*) AS n FROM scores GROUP BY ALL";

    [Fact]
    public async Task AddColumn_UnderAView_CountsOn_AndNewViewsReadIt()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.PutAsync("""{"user_id":"ann","game":"A","region":"eu"}""");
        await lake.CatchUpAsync("per_user");

        Assert.Equal(
            "altered source scores; 1 materialized view(s) read on with it",
            await lake.RunAsync("ALTER SOURCE scores ADD COLUMN region VARCHAR"));

        await lake.PutAsync("""{"user_id":"ann","game":"A","region":"us"}""");
        Assert.Equal(["ann | a | 2"], await lake.RowsAsync("per_user"));
        await lake.RunAsync("CREATE MATERIALIZED VIEW r AS SELECT region, count(*) AS n FROM scores GROUP BY region");
        Assert.Equal(["eu | 1", "us | 1"], await lake.RowsAsync("r"));
        await lake.RestartAsync();
        Assert.Equal(["eu | 1", "us | 1"], await lake.RowsAsync("r"));
        Assert.Contains("region VARCHAR", await lake.RunAsync("SHOW CREATE SOURCE scores"));
    }

    [Theory]
    [InlineData("ALTER SOURCE scores ADD team VARCHAR",
        "a column of a name that its SELECT gives to something else of source 'scores' would change what materialized"
        + " view 'per_user' has counted")]
    [InlineData("ALTER SOURCE scores ADD COLUMN Game VARCHAR", "source 'scores' has a column 'Game'")]
    [InlineData("ALTER SOURCE nope ADD COLUMN x VARCHAR", "source 'nope' does not exist")]
    [InlineData("ALTER SOURCE scores SET (delimiter = ';')",
        "line 1:38: option delimiter needs FORMAT CSV in source 'scores'")]
    [InlineData("ALTER SOURCE scores SET (idle_timeout = '1 minute')",
        "line 1:41: option idle_timeout needs a WATERMARK in source 'scores'")]
    [InlineData("CREATE OR REPLACE SOURCE scores (user_id BIGINT) FROM STREAM 'scores' FORMAT JSON",
        "another type or order of columns of source 'scores' would change what materialized view 'per_user' has counted"
        )]
    public async Task Change_ThatIsNotRight_Refused_AndNothingChanged(string sql, string message)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW per_user AS"
            + " SELECT user_id, lower(game) AS team, count(*) AS n FROM scores GROUP BY user_id, team");
        var before = await lake.RunAsync("SHOW CREATE SOURCE scores");
        var runner = lake.Engine.FindRunner("per_user");

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(sql));

        Assert.Equal(message, refusal.Message);
        Assert.Equal(before, await lake.RunAsync("SHOW CREATE SOURCE scores"));
        Assert.Same(runner, lake.Engine.FindRunner("per_user"));
    }

    [Fact]
    public async Task OrReplaceSource_WithoutViews_TakesAnyDefinition()
    {
        await using var lake = await Lake.OpenAsync();

        Assert.Equal("replaced source scores", await lake.RunAsync(
            "CREATE OR REPLACE SOURCE scores (user_id BIGINT) FROM STREAM 'scores' FORMAT JSON"));
        Assert.Equal("source scores exists", await lake.RunAsync(
            "CREATE SOURCE IF NOT EXISTS scores (x BIGINT) FROM STREAM 'scores' FORMAT JSON"));
        await lake.RestartAsync();
        Assert.Contains("user_id BIGINT", await lake.RunAsync("SHOW CREATE SOURCE scores"));
    }
}
