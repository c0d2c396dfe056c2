using System.Globalization;
using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>Continuous queries in the console: all of them, and one with its rows as they change.</summary>
public sealed class QueryPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const int PhoneWidth = 390;

    private static readonly (ColorScheme Scheme, int Width, string Name)[] Looks =
        [(ColorScheme.Dark, 1280, "dark"), (ColorScheme.Light, PhoneWidth, "phone")];

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Queries_FromTheNavigation_AreFilteredSortedAndLeadToOne()
    {
        var page = await fixture.OpenAsync("/");
        await page.GetByTestId("nav-queries").ClickAsync();
        var list = page.GetByTestId("queries");
        await Assertions.Expect(list).ToContainTextAsync("games_per_user");
        await Assertions.Expect(list.Locator("tbody tr").First).ToContainTextAsync("games_per_user");
        await Assertions.Expect(page.GetByTestId("sources")).ToContainTextAsync("played_at TIMESTAMP");
        await BrowserFixture.ShootAsync(page, "queries-light");

        await page.GetByTestId("sort-name").ClickAsync();
        await Assertions.Expect(list.Locator("tbody tr").First).ToContainTextAsync("score_per_minute");
        await Assertions.Expect(list.Locator("th").First).ToHaveAttributeAsync("aria-sort", "descending");
        await page.GetByTestId("query-text").FillAsync("per_user");
        await Assertions.Expect(list).Not.ToContainTextAsync("score_per_minute");
        await Assertions.Expect(page.GetByTestId("query-text")).ToBeFocusedAsync();
        Assert.Contains("q=per_user", page.Url, StringComparison.Ordinal);
        await page.GetByTestId("query-state").SelectOptionAsync("failed");
        await Assertions.Expect(page.GetByTestId("queries-none")).ToBeVisibleAsync();
        await page.GetByTestId("query-state").SelectOptionAsync("");
        await list.GetByRole(AriaRole.Link, new() { Name = "games_per_user" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("games_per_user");
        await Assertions.Expect(page.GetByTestId("query-sql")).ToContainTextAsync("max(score) AS best");
        await Assertions.Expect(page.GetByTestId("plan")).ToContainTextAsync("view games_per_user");
        await Assertions.Expect(page.GetByTestId("stream")).ToHaveAttributeAsync("href", "/streams/scores");
        await page.GetByTestId("open-sql").ClickAsync();
        await Assertions.Expect(page.GetByTestId("sql-editor")).ToHaveValueAsync(
            "SELECT * FROM default.games_per_user");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Result_WhileScoresArrive_ChangesUntilFrozen_AndShowsMarkupAsText()
    {
        var page = await fixture.OpenAsync("/queries/games_per_user");
        var rows = page.GetByTestId("live-rows");
        await Assertions.Expect(page.GetByTestId("live-state")).ToHaveTextAsync("Live");
        await Assertions.Expect(rows).ToContainTextAsync("user-00");

        await fixture.PutAsync(Enumerable.Range(0, 30).Select(n =>
            BrowserFixture.Score(3_000_000 + n, "<img src=x onerror=\"document.title='broken'\">")));
        var first = rows.Locator("tbody tr").First;
        await Assertions.Expect(first).ToContainTextAsync("<img src=x onerror=");
        await Assertions.Expect(first).ToContainTextAsync("30");
        Assert.Equal(0, await rows.Locator("img").CountAsync());
        Assert.Equal("games_per_user · Tarn", await page.TitleAsync());
        await Assertions.Expect(page.GetByTestId("batch-times").Locator("canvas, svg").First).ToBeVisibleAsync();
        await BrowserFixture.ShootAsync(page, "query-light");

        await page.GetByTestId("freeze").ClickAsync();
        await fixture.PutAsync([BrowserFixture.Score(3_000_100, "while-frozen")]);
        await Assertions.Expect(page.GetByTestId("live-state")).ToHaveTextAsync("Frozen");
        await Assertions.Expect(rows).Not.ToContainTextAsync("while-frozen");
        await page.GetByTestId("freeze").ClickAsync();
        await Assertions.Expect(rows).ToContainTextAsync("while-frozen");
        await rows.GetByRole(AriaRole.Button, new() { Name = "user_id" }).ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("<img");
        await rows.GetByRole(AriaRole.Button, new() { Name = "user_id" }).ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("while-frozen");
        foreach (var (scheme, width, name) in Looks)
        {
            var other = await fixture.OpenAsync("/queries/games_per_user", scheme, width);
            await Assertions.Expect(other.GetByTestId("live-rows")).ToContainTextAsync("user-00");
            await other.GetByTestId("batch-times").Locator("canvas, svg").First.WaitForAsync();
            await BrowserFixture.ShootAsync(other, "query-" + name);
            Assert.Equal(width, await other.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Query_Paused_CountsNothingUntilResumed_AndIsDroppedOnlyWhenConfirmed()
    {
        await RunAsync("CREATE MATERIALIZED VIEW passing AS SELECT game, count(*) AS n FROM scores GROUP BY game");
        var page = await fixture.OpenAsync("/queries/passing");
        await Assertions.Expect(page.GetByTestId("state")).ToHaveTextAsync("running");
        var before = Counted(await page.GetByTestId("counted").InnerTextAsync());

        await page.GetByTestId("pause-query").ClickAsync();
        await Assertions.Expect(page.GetByTestId("state")).ToHaveTextAsync("paused");
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("stays readable");
        await fixture.PutAsync([BrowserFixture.Score(4_000_000, "later")]);
        await BrowserFixture.ShootAsync(page, "query-paused-light");
        Assert.Equal(before, Counted(await page.GetByTestId("counted").InnerTextAsync()));
        await page.GetByTestId("resume").ClickAsync();
        await Assertions.Expect(page.GetByTestId("state")).ToHaveTextAsync("running");
        await Assertions.Expect(page.GetByTestId("counted")).Not.ToHaveTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"{before:#,0} records"));

        await page.GetByTestId("backfill").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("A new version");
        await Assertions.Expect(page.GetByTestId("state")).ToHaveTextAsync("running");
        await page.GetByTestId("drop").ClickAsync();
        await Assertions.Expect(page.GetByTestId("confirm-yes")).ToBeFocusedAsync();
        await BrowserFixture.ShootAsync(page, "query-drop-light");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("confirm")).ToHaveCountAsync(0);
        await page.GetByTestId("drop").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Assertions.Expect(page.GetByTestId("queries")).Not.ToContainTextAsync("passing");
        Assert.EndsWith("/queries", page.Url, StringComparison.Ordinal);
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Query_ThatHasFailed_SaysWhyAndGoesOnOnceTheCauseIsMended()
    {
        await RunAsync("""
            CREATE MATERIALIZED VIEW small WITH (state_rows_max = 3) AS
            SELECT user_id, count(*) AS n FROM scores GROUP BY user_id
            """);
        foreach (var (scheme, width, name) in Looks.Append((ColorScheme.Light, 1280, "light")))
        {
            var look = await fixture.OpenAsync("/queries/small", scheme, width);
            await Assertions.Expect(look.GetByTestId("failure")).ToContainTextAsync("3 are allowed");
            await Assertions.Expect(look.GetByTestId("live-state")).ToHaveTextAsync("The view is not readable");
            await look.GetByTestId("batch-times").Locator("canvas, svg").First.WaitForAsync();
            await BrowserFixture.ShootAsync(look, "query-failed-" + name);
            Assert.Equal(width, await look.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        var page = await fixture.OpenAsync("/queries?state=failed", ColorScheme.Dark);
        await Assertions.Expect(page.GetByTestId("queries")).ToContainTextAsync("3 are allowed");
        await BrowserFixture.ShootAsync(page, "queries-failed-dark");
        await page.GetByRole(AriaRole.Link, new() { Name = "small" }).First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("failure")).ToContainTextAsync("tarn query resume small");
        await RunAsync("ALTER MATERIALIZED VIEW small SET (state_rows_max = 100000)");
        await Assertions.Expect(page.GetByTestId("state")).ToHaveTextAsync("running");
        await Assertions.Expect(page.GetByTestId("failure")).ToHaveCountAsync(0);
        await RunAsync("DROP MATERIALIZED VIEW small");
        await Assertions.Expect(page.GetByTestId("query-missing")).ToBeVisibleAsync();
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Query_WithLateAndBadRecords_ShowsThemWithReasonAndWatermark()
    {
        await RunAsync("""
            CREATE SOURCE timed (user_id VARCHAR, score BIGINT, played_at TIMESTAMP,
              WATERMARK FOR played_at AS played_at - INTERVAL '5 seconds') FROM STREAM 'scores' FORMAT JSON
            """);
        await RunAsync("""
            CREATE MATERIALIZED VIEW per_minute AS SELECT window_start, count(*) AS games, sum(score) AS score
            FROM TUMBLE(timed, played_at, INTERVAL '1 minute') GROUP BY window_start
            """);
        await fixture.PutAsync(
        [
            BrowserFixture.Score(600, "in-time"),
            """{"user_id":"bad-one","score":"<b>many</b>","played_at":"2026-09-22T00:00:00"}""",
        ]);
        await fixture.PutAsync(
            ["""{"user_id":"late-two","score":1,"played_at":"2020-01-01T00:00:00"}"""]);

        foreach (var (scheme, width, name) in Looks.Append((ColorScheme.Light, 1280, "light")))
        {
            var page = await fixture.OpenAsync("/queries/per_minute", scheme, width);
            await Assertions.Expect(page.GetByTestId("late")).ToContainTextAsync("late-two");
            await Assertions.Expect(page.GetByTestId("errors")).ToContainTextAsync("<b>many</b>");
            await Assertions.Expect(page.GetByTestId("query-facts")).ToContainTextAsync("the clock");
            await page.GetByTestId("batch-times").Locator("canvas, svg").First.WaitForAsync();
            await BrowserFixture.ShootAsync(page, "query-late-" + name);
            Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        await RunAsync("DROP MATERIALIZED VIEW per_minute");
        await RunAsync("DROP SOURCE timed");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Query_WithASinkAndAnAlert_ShowsThemOnItsPageAndInTheList()
    {
        (await TarnExecutable.RunAsync("stream", "create", "told", "--data", fixture.Server.DataDirectory))
            .MustSucceed();
        await RunAsync("CREATE MATERIALIZED VIEW fed AS SELECT game, count(*) AS n FROM scores GROUP BY game");
        await RunAsync("CREATE SINK leaving FROM fed INTO STREAM 'told' FORMAT JSON");
        await RunAsync("CREATE ALERT many ON fed WHEN n > 5 NOTIFY STREAM 'told'");
        foreach (var (path, name) in new[] { ("/queries/fed", "query-fed"), ("/queries", "queries-fed") })
        {
            var page = await fixture.OpenAsync(path);
            await Assertions.Expect(page.GetByTestId("sinks")).ToContainTextAsync("stream told");
            await Assertions.Expect(page.GetByTestId("alerts")).ToContainTextAsync("firing");
            await BrowserFixture.ShootAsync(page, name);
        }

        var other = await fixture.OpenAsync("/queries/games_per_user");
        await Assertions.Expect(other.GetByTestId("query-facts")).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByTestId("sinks")).ToHaveCountAsync(0);
        await RunAsync("DROP ALERT many");
        await RunAsync("DROP SINK leaving");
        await RunAsync("DROP MATERIALIZED VIEW fed");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Query_ThatIsNotThere_LeadsToAllAndToTheNearestName()
    {
        var page = await fixture.OpenAsync("/queries/games_per_usr");

        await Assertions.Expect(page.GetByTestId("query-missing")).ToContainTextAsync("no such continuous query");
        await Assertions.Expect(page.GetByTestId("query-missing")).ToContainTextAsync("games_per_user");
        await BrowserFixture.ShootAsync(page, "query-missing-light");
    }

    private static long Counted(string text) =>
        long.Parse(text.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private async Task RunAsync(string sql) => (await TarnExecutable.RunAsync(
        "sql", "--data", fixture.Server.DataDirectory, "-c", sql)).MustSucceed();
}
