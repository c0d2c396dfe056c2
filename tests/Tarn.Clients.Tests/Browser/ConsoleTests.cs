using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>The console in a real browser: what people see and can do, in light, dark and on a phone.</summary>
public sealed class ConsoleTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const int PhoneWidth = 360;

    [ClientFact(BrowserFixture.Chromium)]
    public async Task AnyPage_WithoutSigningIn_AsksForAKeyAndRefusesAWrongOne()
    {
        var page = await fixture.NewPageAsync(ColorScheme.Light, 1280);
        await page.GotoAsync(fixture.Server.Console.ToString());
        Assert.Contains("/signin", page.Url, StringComparison.Ordinal);

        await page.Locator("#access-key-id").FillAsync(fixture.Server.AccessKeyId);
        await page.Locator("#secret").FillAsync("not the secret");
        await page.GetByTestId("sign-in").ClickAsync();
        await page.GetByTestId("sign-in-fault").WaitForAsync();
        await BrowserFixture.ShootAsync(page, "signin-light");

        await page.Locator("#access-key-id").FillAsync(fixture.Server.AccessKeyId);
        await page.Locator("#secret").FillAsync(fixture.Server.Secret);
        await page.GetByTestId("sign-in").ClickAsync();
        await Assertions.Expect(page.GetByTestId("streams")).ToContainTextAsync("scores");
        Assert.DoesNotContain("/signin", page.Url, StringComparison.Ordinal);
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Home_ShowsTheWholeLake_WithoutForeignRequests()
    {
        var foreign = new List<string>();
        var page = await fixture.OpenAsync("/");
        page.Request += (_, request) => foreign.AddRange(
            new Uri(request.Url).Authority == fixture.Server.Console.Authority ? [] : [request.Url]);
        await page.ReloadAsync();

        await Assertions.Expect(page.GetByTestId("streams")).ToContainTextAsync("scores");
        await Assertions.Expect(page.GetByTestId("views")).ToContainTextAsync("games_per_user");
        await Assertions.Expect(page.GetByTestId("delivery")).ToContainTextAsync("scores");
        await Assertions.Expect(page.GetByTestId("tables")).ToContainTextAsync("curated");
        await Assertions.Expect(page.GetByTestId("jobs")).ToContainTextAsync("curate_scores");
        Assert.Empty(foreign);
        await BrowserFixture.ShootAsync(page, "home-light");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Dashboard_WhileScoresArrive_ShowsThemWithoutReload()
    {
        var page = await fixture.OpenAsync("/dashboards/scores");
        await Assertions.Expect(page.GetByTestId("live-state")).ToContainTextAsync("Live");
        await page.Locator("[data-testid=tile-0] canvas, [data-testid=tile-0] svg").First.WaitForAsync();

        await fixture.PutAsync([BrowserFixture.Score(1_000_000, "newcomer")]);
        await Assertions.Expect(page.GetByTestId("tile-4")).ToContainTextAsync("newcomer");
        await Assertions.Expect(page.GetByTestId("tile-3")).ToContainTextAsync("newcomer");
        await BrowserFixture.ShootAsync(page, "dashboard-light");

        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("live-state")).ToContainTextAsync("Paused");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Sql_TypedAndRunByKeyboard_ShowsRowsBytesAndErrors()
    {
        var page = await fixture.OpenAsync("/sql");
        var editor = page.GetByTestId("sql-editor");
        await editor.FillAsync(
            "SELECT game, count(*) AS games FROM curated.scores WHERE score < 400 GROUP BY game ORDER BY game");
        await editor.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("rows")).ToContainTextAsync("chess");
        await Assertions.Expect(page.GetByTestId("rows")).ToContainTextAsync("150");
        Assert.NotEqual("0 B", await page.GetByTestId("scanned").InnerTextAsync());
        await BrowserFixture.ShootAsync(page, "sql-light");

        await editor.FillAsync("SELECT gam FROM curated.scores");
        await editor.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("sql-fault")).ToContainTextAsync("gam");
        await Assertions.Expect(page.GetByTestId("sql-place"))
            .ToContainTextAsync("SELECT gam FROM curated.scores\n       ^");
        await page.GetByTestId("go-to-place").ClickAsync();
        Assert.Equal(7, await editor.EvaluateAsync<int>("area => area.selectionStart"));
        await BrowserFixture.ShootAsync(page, "sql-fault-light");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Sql_BeforeAndAfterRun_TellsCostCountsTextsAndPages()
    {
        var page = await fixture.OpenAsync("/sql", ColorScheme.Dark);
        var editor = page.GetByTestId("sql-editor");
        await editor.FillAsync("SELECT score FROM curated.scores ORDER BY score");
        await Assertions.Expect(page.GetByTestId("estimate")).ToContainTextAsync("on Athena $");
        await page.GetByTestId("run").ClickAsync();
        await Assertions.Expect(page.GetByTestId("told")).ToHaveTextAsync("300 rows");
        await page.GetByTestId("next-rows").ClickAsync();
        await Assertions.Expect(page.GetByTestId("rows").Locator("tbody tr").First).ToHaveTextAsync("200");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-result").ClickAsync());
        Assert.Equal(301, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);

        await RunAsync("CREATE TABLE of_page AS SELECT 1 AS a, 'x' AS b");
        await Assertions.Expect(page.GetByTestId("told")).ToHaveTextAsync("1 row written");
        Assert.Equal(0, await page.GetByTestId("rows").CountAsync());
        await page.GetByTestId("table-default.of_page").WaitForAsync();
        await RunAsync("SHOW CREATE TABLE of_page");
        await Assertions.Expect(page.GetByTestId("sql-lines"))
            .ToContainTextAsync("CREATE EXTERNAL TABLE `default.of_page`(");
        await BrowserFixture.ShootAsync(page, "sql-text-dark");
        await RunAsync("DROP TABLE of_page");
        await Assertions.Expect(page.GetByTestId("told")).ToHaveTextAsync("done");
        await Assertions.Expect(page.GetByTestId("table-default.of_page")).ToHaveCountAsync(0);

        await RunAsync(
            "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
            + "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2");
        await Assertions.Expect(page.GetByTestId("sql-facts")).ToContainTextAsync("running");
        await page.GetByTestId("stop").ClickAsync();
        await Assertions.Expect(page.GetByTestId("sql-facts")).ToContainTextAsync("stopped");
        await BrowserFixture.ShootAsync(page, "sql-stopped-dark");

        async Task RunAsync(string sql)
        {
            await editor.FillAsync(sql);
            await editor.PressAsync("Control+Enter");
        }
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Pages_InDark_HaveADarkGround()
    {
        foreach (var (path, name) in Pages)
        {
            var page = await fixture.OpenAsync(path, ColorScheme.Dark);
            await page.WaitForTimeoutAsync(1500);
            await BrowserFixture.ShootAsync(page, name + "-dark");
            var brightness = await page.EvaluateAsync<double>("""
                () => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).slice(0, 3)
                    .reduce((sum, part) => sum + Number(part), 0) / 3
                """);
            Assert.True(brightness < 80, $"{path}: brightness {brightness}");
            await page.CloseAsync();
        }
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Pages_OnAPhone_DoNotScrollSideways()
    {
        foreach (var (path, name) in Pages)
        {
            var page = await fixture.OpenAsync(path, ColorScheme.Light, PhoneWidth);
            await page.WaitForTimeoutAsync(1500);
            await BrowserFixture.ShootAsync(page, name + "-phone");
            Assert.Equal(PhoneWidth, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.CloseAsync();
        }
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Keyboard_Tabbing_ShowsTheFocusAndTheSkipLinkComesFirst()
    {
        var page = await fixture.OpenAsync("/");
        var first = page.Locator("a[href], button").First;
        Assert.Contains("Skip", await first.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        for (var i = 0; i < 8; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>(
                "() => (at => at.outerHTML.slice(0, 80) + getComputedStyle(at).outlineStyle)(document.activeElement)");
            Assert.False(focused.EndsWith("none", StringComparison.Ordinal), $"tab {i}: {focused}");
        }
    }

    private static IReadOnlyList<(string Path, string Name)> Pages =>
    [
        ("/", "home"), ("/buckets", "buckets"), ("/buckets/lake", "bucket"), ("/streams", "streams"),
        ("/streams/scores", "stream"), ("/delivery", "delivery"), ("/delivery/scores", "delivery-stream"),
        ("/queries", "queries"), ("/queries/games_per_user", "query"), ("/dashboards/scores", "dashboard"),
        ("/sql", "sql"),
    ];
}
