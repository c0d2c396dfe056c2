using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Lookups;

/// <summary>Records joined with a table of the lake, or a view, as it stands.</summary>
public sealed class LookupTests
{
    private const string Titles = "CREATE MATERIALIZED VIEW titles AS SELECT g.title, count(*) AS n "
        + "FROM scores s LEFT JOIN lake.titles g ON g.game = s.game GROUP BY g.title";

    private const string Quick = " WITH (lookup_refresh = '1 millisecond') AS";

    [Fact]
    public async Task Join_TableChanges_LaterBatchesSeeItAndEarlierOnesStay()
    {
        var clock = new FakeTimeProvider();
        await using var lake = await OpenAsync(clock);
        await lake.RunAsync(Titles);
        await lake.PutAsync("""{"game":"a"}""", """{"game":"b"}""");
        Assert.Equal(["Alpha | 1", "NULL | 1"], await lake.RowsAsync("titles"));

        await lake.Tables.PutAsync("lake.titles", "more.json", """{"game":"b","title":"Beta"}""");
        clock.Advance(TimeSpan.FromSeconds(9));
        await lake.PutAsync("""{"game":"b"}""");
        Assert.Equal(["Alpha | 1", "NULL | 2"], await lake.RowsAsync("titles"));

        clock.Advance(TimeSpan.FromSeconds(1));
        await lake.PutAsync("""{"game":"b"}""", """{"game":"a"}""");
        Assert.Equal(["Alpha | 2", "Beta | 1", "NULL | 2"], await lake.RowsAsync("titles"));
    }

    [Fact]
    public async Task Join_TableDropped_ViewWaitsAndSaysWhyUntilItIsBack()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync(Titles.Replace(" AS SELECT", Quick + " SELECT"));
        await lake.PutAsync("""{"game":"a"}""");
        Assert.Equal(["Alpha | 1"], await lake.RowsAsync("titles"));

        await lake.Tables.DropAsync("lake.titles");
        await lake.PutAsync("""{"game":"a"}""");
        while (lake.Status("titles").Waiting is null)
        {
            await Task.Delay(5);
        }

        var status = lake.Status("titles");
        Assert.StartsWith("lookup table 'lake.titles' cannot be read: ", status.Waiting);
        Assert.Null(status.Error);
        Assert.Equal(["Alpha | 1"], await lake.RowsNowAsync("titles"));

        await CreateTitlesAsync(lake);
        Assert.Equal(["Alpha | 2"], await lake.RowsAsync("titles"));
        Assert.Null(lake.Status("titles").Waiting);
    }

    [Fact]
    public async Task Join_TooManyRows_StopsWithAHintAndGoesOnOnceAllowed()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync(Titles.Replace(" AS SELECT", " WITH (lookup_rows_max = 2) AS SELECT"));
        await lake.Tables.PutAsync("lake.titles", "more.json", """{"game":"c"}""", """{"game":"d"}""");
        await lake.PutAsync("""{"game":"a"}""");

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("titles"));

        Assert.Equal(ErrorKind.LimitExceeded, refusal.Kind);
        Assert.Contains("lookup table 'lake.titles' holds more than 2 rows", refusal.Message);
        Assert.Contains("lookup_rows_max", refusal.Hint);
        await lake.RunAsync("ALTER MATERIALIZED VIEW titles SET (lookup_rows_max = 3)");
        Assert.Equal(["Alpha | 1"], await lake.RowsAsync("titles"));
    }

    [Fact]
    public async Task Join_WithAView_ReadsItAsItStandsOverRestartsToo()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW best AS SELECT user_id, max(level) AS m FROM scores GROUP BY 1");
        await lake.PutAsync("""{"user_id":"ann","level":5}""");
        await lake.CatchUpAsync("best");
        await lake.RunAsync("CREATE MATERIALIZED VIEW a_best" + Quick + " SELECT s.user_id, count(b.m) AS known "
            + "FROM scores s LEFT JOIN \"default\".best b USING (user_id) GROUP BY 1");
        Assert.Equal(["ann | 1"], await lake.RowsAsync("a_best"));

        await lake.RestartAsync();
        await lake.PutAsync("""{"user_id":"ann","level":7}""");

        Assert.Equal(["ann | 2"], await lake.RowsAsync("a_best"));
        Assert.Null(lake.Status("a_best").Error);
    }

    [Fact]
    public async Task Explain_Lookup_NamesWhatIsReadAndWhen()
    {
        await using var lake = await OpenAsync();

        var plan = await lake.ReadAsync("EXPLAIN " + Titles);

        Assert.Contains(plan.Rows, row => row[0]
            == "    joins each batch with: lake.titles (game, title) as it is then; "
            + "looked at again after 10 seconds; what is counted stays as it is");
    }

    [Theory]
    [InlineData("SELECT count(*) AS n FROM scores s RIGHT JOIN lake.titles g ON g.game = s.game",
        "RIGHT JOIN in which lookup 'lake.titles' gives rows of its own is not supported in a view: each row comes "
        + "of a record")]
    [InlineData("SELECT count(*) AS n FROM scores s FULL JOIN lake.titles g ON g.game = s.game",
        "FULL JOIN in which lookup 'lake.titles' gives rows of its own is not supported in a view: each row comes "
        + "of a record")]
    [InlineData("SELECT count(*) AS n FROM scores s NATURAL JOIN lake.titles g",
        "NATURAL JOIN with lookup 'lake.titles' is not supported in a view")]
    [InlineData("SELECT count(*) AS n FROM lake.titles a JOIN lake.titles b USING (game)",
        "'lake.titles' is joined with another table of the lake, and a view needs a source")]
    [InlineData("SELECT n FROM (SELECT game, count(*) AS n FROM scores GROUP BY 1) JOIN lake.titles USING (game)",
        "'lake.titles' is joined with rows that are no single records of a source")]
    [InlineData("SELECT g.titel, count(*) AS n FROM scores s JOIN lake.titles g USING (game) GROUP BY 1",
        "'g' has no column 'titel'")]
    [InlineData("SELECT count(*) AS n FROM scores s JOIN lake.titles g ON g.gam = s.game", "'g' has no column 'gam'")]
    [InlineData("SELECT count(*) AS n FROM scores s JOIN lake.titles g USING (gam)",
        "USING (gam): there is no such column")]
    [InlineData("SELECT game, count(*) AS n FROM scores s JOIN lake.titles g ON g.game = s.game GROUP BY 1",
        "column 'game' stands in more than one of the joined tables")]
    [InlineData("SELECT g.title, first(s.level) AS f FROM scores s JOIN lake.titles g USING (game) GROUP BY 1",
        "first() over a join is not supported in a view: joined rows have no order")]
    [InlineData("SELECT count(*) AS n FROM scores s JOIN lake.titles s USING (game)",
        "the name 's' stands for two of the joined tables")]
    [InlineData("SELECT count(*) AS n FROM scores s JOIN lake.titles g ON g.game = s.game AND random() < 0.5",
        "random() is not supported in a view: it gives another result when records are counted again")]
    [InlineData("SELECT count(*) AS n FROM scores a JOIN lake.titles USING (game) JOIN scores b USING (user_id)",
        "a lookup beside a join of sources is not supported in a view")]
    [InlineData("SELECT count(*) AS n FROM scores s JOIN lake.tags g USING (game) WHERE g.tags IS NOT NULL",
        "column 'tags' of type VARCHAR[] of lookup 'lake.tags' is not supported in a view")]
    public async Task Create_WhatCannotBeJoined_IsRefused(string select, string message)
    {
        await using var lake = await OpenAsync();
        await lake.Tables.CreateAsync("lake.tags", "game string", "tags array<string>");

        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => lake.RunAsync("CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS " + select));

        Assert.Equal(message, refusal.Message);
        Assert.Empty(lake.Engine.List());
    }

    [Fact]
    public async Task Create_MissingTable_IsRefusedByItsName()
    {
        await using var lake = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => lake.RunAsync(Titles.Replace("titles g", "nothing g")));

        Assert.StartsWith("lookup table 'lake.nothing' cannot be read: ", refusal.Message);
        Assert.DoesNotContain("line 1", refusal.Message);
    }

    [Fact]
    public async Task Create_LookupOptionWithoutLookup_IsRefused()
    {
        await using var lake = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            "CREATE MATERIALIZED VIEW v WITH (lookup_refresh = '1 minute') AS SELECT count(*) AS n FROM scores"));

        Assert.Equal("option lookup_refresh does nothing: the view joins with no lookup", refusal.Message);
    }

    [Fact]
    public async Task Star_OverALookup_ShowsBothSidesColumnsOnce()
    {
        await using var lake = await OpenAsync();
        await lake.Tables.CreateAsync("lake.names", "title string", "game string");
        await lake.Tables.PutAsync("lake.names", "rows.json", """{"game":"a","title":"Alpha"}""");
        await lake.RunAsync("CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT * FROM "
            + "(SELECT game, level FROM scores) AS s JOIN lake.names USING (game)");
        await lake.PutAsync("""{"game":"a","level":3}""");

        Assert.Equal(["a | 3 | Alpha"], await lake.RowsAsync("v"));
        Assert.Equal(["game", "level", "title"], lake.Status("v").Columns.Select(column => column.Name));
    }

    private static async Task<Lake> OpenAsync(TimeProvider? time = null)
    {
        var lake = await Lake.OpenAsync(time);
        await CreateTitlesAsync(lake);
        return lake;
    }

    private static async Task CreateTitlesAsync(Lake lake)
    {
        await lake.Tables.CreateAsync("lake.titles", "game string", "title string", "unused array<string>");
        await lake.Tables.PutAsync("lake.titles", "rows.json", """{"game":"a","title":"Alpha"}""");
    }
}
