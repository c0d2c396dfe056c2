using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>Streams in the console: settings in plain words, consumers, shards, and records as they arrive.</summary>
public sealed class StreamPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [ClientFact(BrowserFixture.Chromium)]
    public async Task Stream_WhileScoresArrive_ShowsThemUntilPaused()
    {
        var page = await fixture.OpenAsync("/streams/scores");
        await Assertions.Expect(page.GetByTestId("live-state")).ToContainTextAsync("Live");
        await Assertions.Expect(page.GetByTestId("consumers")).ToContainTextAsync("games_per_user");
        await Assertions.Expect(page.GetByTestId("shards")).ToContainTextAsync("2 open");
        await Assertions.Expect(page.GetByTestId("durability")).ToContainTextAsync("fsync");

        await fixture.PutAsync([BrowserFixture.Score(1_000_001, "tail-watcher")]);
        await Assertions.Expect(page.GetByTestId("newest")).ToContainTextAsync("tail-watcher");
        await BrowserFixture.ShootAsync(page, "stream-light");

        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("live-state")).ToContainTextAsync("Paused");
        await fixture.PutAsync([BrowserFixture.Score(1_000_002, "while-paused")]);
        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("newest")).ToContainTextAsync("while-paused");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Streams_WithOtherSettings_SayThemEverywhere()
    {
        (await TarnExecutable.RunAsync(
            "stream", "create", "loose", "--durability", "os", "--limits", "aws", "--error-rate", "0.05",
            "--data", fixture.Server.DataDirectory)).MustSucceed();
        foreach (var path in new[] { "/", "/streams" })
        {
            var page = await fixture.OpenAsync(path);
            await Assertions.Expect(page.GetByTestId("streams")).ToContainTextAsync("durability os");
            await Assertions.Expect(page.GetByTestId("streams")).ToContainTextAsync("limits aws");
            await BrowserFixture.ShootAsync(page, path == "/" ? "home-badges" : "streams-light");
            await page.CloseAsync();
        }

        var one = await fixture.OpenAsync("/streams");
        await one.GetByRole(AriaRole.Link, new() { Name = "loose" }).ClickAsync();
        await Assertions.Expect(one.GetByTestId("durability")).ToContainTextAsync("power failure");
        await Assertions.Expect(one.GetByTestId("stream-facts")).ToContainTextAsync("5 % of records and reads fail");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Stream_ThatIsNotThere_LeadsToAll()
    {
        var page = await fixture.OpenAsync("/streams/none");
        await Assertions.Expect(page.GetByTestId("stream-missing")).ToContainTextAsync("All streams");
    }
}
