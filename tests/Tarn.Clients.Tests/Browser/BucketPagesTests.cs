using System.Text;
using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>The object store in the console: folders, objects, previews, upload and download.</summary>
public sealed class BucketPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly (ColorScheme Scheme, int Width, string Name)[] Looks =
        [(ColorScheme.Dark, 1280, "dark"), (ColorScheme.Light, 390, "phone")];

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Buckets_DownToAParquetFile_ShowSchemaAndRows()
    {
        var page = await fixture.OpenAsync("/buckets");
        await page.GetByTestId("buckets").GetByRole(AriaRole.Link, new() { Name = "lake" }).ClickAsync();
        await BrowserFixture.ShootAsync(page, "bucket");
        foreach (var folder in new[] { "curated/", "scores/" })
        {
            await page.GetByTestId("objects").GetByRole(AriaRole.Link, new() { Name = folder }).ClickAsync();
        }

        foreach (var column in new[] { "year", "month", "day" })
        {
            await Link(page, $"^{column}=").ClickAsync();
        }

        await Link(page, "\\.parquet$").ClickAsync();

        await Assertions.Expect(page.GetByTestId("preview")).ToContainTextAsync("user_id");
        await Assertions.Expect(page.GetByTestId("preview")).ToContainTextAsync("user-0");
        await Assertions.Expect(page.GetByTestId("way")).ToContainTextAsync("curated");
        await Assertions.Expect(page.GetByTestId("preview")).Not.ToContainTextAsync("year");
        await BrowserFixture.ShootAsync(page, "object");
        var address = new Uri(page.Url).PathAndQuery;
        foreach (var (scheme, width, name) in Looks)
        {
            var other = await fixture.OpenAsync(address, scheme, width);
            await Assertions.Expect(other.GetByTestId("preview")).ToContainTextAsync("user-0");
            await BrowserFixture.ShootAsync(other, "object-" + name);
            Assert.Equal(width, await other.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Upload_OfAFile_IsListedAndComesDownAgain()
    {
        var page = await fixture.OpenAsync("/buckets/lake?prefix=in%2F");
        await Assertions.Expect(page.GetByTestId("objects-empty")).ToBeVisibleAsync();
        var bytes = Encoding.UTF8.GetBytes("{\"name\":\"hello\"}\n");
        await page.GetByTestId("upload").Locator("input").SetInputFilesAsync(
            new FilePayload { Name = "a b.json", MimeType = "application/json", Buffer = bytes });
        await Link(page, "^a b.json$").ClickAsync();
        await Assertions.Expect(page.GetByTestId("preview")).ToContainTextAsync("hello");
        await Assertions.Expect(page.GetByTestId("object-facts")).ToContainTextAsync("application/json");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());

        Assert.Equal("a b.json", download.SuggestedFilename);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    [ClientFact(BrowserFixture.Chromium)]
    public async Task Object_ThatIsNotThere_SaysSo()
    {
        var page = await fixture.OpenAsync("/buckets/lake/object?key=no%2Fsuch");

        await Assertions.Expect(page.GetByTestId("object-missing")).ToContainTextAsync("no such object");
    }

    private static ILocator Link(IPage page, string name) =>
        page.GetByTestId("objects").GetByRole(AriaRole.Link, new() { NameRegex = new(name) }).First;
}
