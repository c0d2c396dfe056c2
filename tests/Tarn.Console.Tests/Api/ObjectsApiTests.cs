using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Storage.Objects;

namespace Tarn.Console.Tests.Api;

/// <summary>Objects taken and brought by the browser.</summary>
public sealed class ObjectsApiTests(Lake lake) : IClassFixture<Lake>
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("<script>alert(1)</script>");

    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("a/../b c/%2e/\u00e4.html", "\u00e4.html")]
    public async Task Put_ThenGet_GivesTheSameBytesAsAFileToKeep(string key, string name)
    {
        var address = "/api/objects/lake?key=" + Uri.EscapeDataString(key);
        using var put = await lake.Client.PutAsync(new Uri(address, UriKind.Relative), new ByteArrayContent(Bytes));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var objects = lake.Engines.GetRequiredService<IObjectStore>();
        Assert.Equal(Bytes.Length, (await objects.FindAsync(new ObjectKey("lake", key), default))?.Size);

        using var got = await lake.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(Bytes, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(name, got.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("application/octet-stream", got.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Put_OfMoreThanOtherBodiesMayHave_IsStored()
    {
        var large = new byte[3 << 20];
        using var put = await lake.Client.PutAsync(
            new Uri("/api/objects/lake?key=large", UriKind.Relative), new ByteArrayContent(large));

        Assert.Equal(large.Length, (await Lake.ReadAsync(put)).GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("/api/objects/lake?key=none", HttpStatusCode.NotFound)]
    [InlineData("/api/objects/nobucket?key=none", HttpStatusCode.NotFound)]
    [InlineData("/api/objects/lake", HttpStatusCode.BadRequest)]
    [InlineData("/api/objects/lake?key=a&version=1", HttpStatusCode.BadRequest)]
    public async Task Get_OfWhatIsNotThere_IsRefused(string address, HttpStatusCode status)
    {
        using var answer = await lake.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Scan_OfAFileByHand_NamesItAndEndsWithTheCounts()
    {
        var objects = lake.Engines.GetRequiredService<IObjectStore>();
        await objects.CreateBucketAsync("scanned", default);
        var folder = Directory.CreateDirectory(
            Path.Combine(objects.LocalDirectories.First(path => path.EndsWith("objects")), "scanned", "in"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "by hand"), Bytes);

        using var answer = await lake.Client.PostAsync(
            new Uri("/api/buckets/scanned/scan", UriKind.Relative), content: null);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains(
            """
            event: finding
            data: {"kind":"adopted","key":"in/by hand","path":"in/by hand","detail":""}

            event: end
            data: {"objects":1,"adopted":1,"left":0,"damaged":0}
            """,
            text,
            StringComparison.Ordinal);
        Assert.Equal(Bytes.Length, (await objects.FindAsync(new ObjectKey("scanned", "in/by hand"), default))?.Size);
        using var missing = await lake.Client.PostAsync(
            new Uri("/api/buckets/nobucket/scan", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Get_WithoutKeyOrSession_IsRefused()
    {
        using var stranger = lake.Anonymous();
        using var answer = await stranger.GetAsync(new Uri("/api/objects/lake?key=plain.txt", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
