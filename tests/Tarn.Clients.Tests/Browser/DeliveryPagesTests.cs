using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>Delivery streams in the console: all of them, and one with settings, shards and a flush.</summary>
public sealed class DeliveryPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [ClientFact(BrowserFixture.Chromium)]
    public async Task Deliveries_FromTheNavigation_LeadToOneWithItsSettings()
    {
        var page = await fixture.OpenAsync("/");
        await page.GetByTestId("nav-delivery").ClickAsync();
        await Assertions.Expect(page.GetByTestId("deliveries")).ToContainTextAsync("stream scores");
        await BrowserFixture.ShootAsync(page, "delivery-light");
        await page.GetByTestId("deliveries").GetByRole(AriaRole.Link, new() { Name = "scores" }).ClickAsync();

        await Assertions.Expect(page.GetByTestId("delivery-facts")).ToContainTextAsync("table raw.scores");
        await Assertions.Expect(page.GetByTestId("delivery-settings")).ToContainTextAsync("after 60 s or 64 MiB");
        await Assertions.Expect(page.GetByTestId("delivery-shards")).ToContainTextAsync("destination");
        await BrowserFixture.ShootAsync(page, "delivery-stream-light");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Flush_OfNewRecords_DeliversThemNow()
    {
        var page = await fixture.OpenAsync("/delivery/scores", ColorScheme.Dark);
        await fixture.PutAsync([BrowserFixture.Score(2_000_001, "flushed")]);
        await page.GetByTestId("flush").ClickAsync();

        await Assertions.Expect(page.GetByTestId("flushed")).ToContainTextAsync("Everything");
        await Assertions.Expect(page.GetByTestId("delivery-facts")).ToContainTextAsync("301 records");
        await BrowserFixture.ShootAsync(page, "delivery-stream-dark");
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Delivery_ThatIsNotThere_LeadsToAll()
    {
        var page = await fixture.OpenAsync("/delivery/none");
        await Assertions.Expect(page.GetByTestId("delivery-missing")).ToContainTextAsync("All delivery streams");
    }
}
