using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>ListObjectVersions page by page, and DeleteObjects with versions.</summary>
public sealed class VersionListingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task List_PageByPage_IsEveryVersionOnceNewestFirst(int keysMax)
    {
        var expected = await FillAsync($"pages-{keysMax}", "a", "b/x", "b/y", "c d");
        var found = new List<string>();
        var markers = "";
        while (true)
        {
            var page = (await scene.S3Async(
                HttpMethod.Get, $"/pages-{keysMax}?versions&encoding-type=url&max-keys={keysMax}{markers}")).Ok().Xml;
            found.AddRange(Entries(page));
            if (page.Element("IsTruncated")!.Value == "false")
            {
                break;
            }

            var marker = Uri.UnescapeDataString(page.Element("NextKeyMarker")!.Value);
            markers = $"&key-marker={Uri.EscapeDataString(marker)}"
                + $"&version-id-marker={page.Element("NextVersionIdMarker")!.Value}";
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task List_WithADelimiter_FoldsKeysAndGoesOnBehindThem()
    {
        await FillAsync("folded", "a", "b/x", "b/y", "c d");
        var first = (await scene.S3Async(HttpMethod.Get, "/folded?versions&delimiter=%2F&max-keys=4")).Ok().Xml;
        var second = (await scene.S3Async(
            HttpMethod.Get, "/folded?versions&delimiter=%2F&key-marker=b%2F")).Ok().Xml;
        var below = (await scene.S3Async(HttpMethod.Get, "/folded?versions&prefix=b%2F")).Ok().Xml;

        Assert.Equal(("b/", "true"), (Prefixes(first), first.Element("IsTruncated")!.Value));
        Assert.Equal("b/", first.Element("NextKeyMarker")!.Value);
        Assert.Null(first.Element("NextVersionIdMarker"));
        Assert.Equal(3, Entries(first).Count);
        Assert.Equal(["c d", "c d", "c d"], Entries(second).Select(entry => entry[..3]));
        Assert.Equal("", Prefixes(second));
        Assert.Equal(6, Entries(below).Count);
    }

    [Fact]
    public async Task List_VersionOfTheMarkerIsGone_LosesNothing()
    {
        await FillAsync("shrinking", "a");
        var left = new List<string>();
        while (true)
        {
            var page = (await scene.S3Async(HttpMethod.Get, "/shrinking?versions&max-keys=1")).Ok().Xml;
            if (Entries(page).Count == 0)
            {
                break;
            }

            var id = page.Descendants("VersionId").First().Value;
            left.Add(id);
            (await scene.S3Async(HttpMethod.Delete, "/shrinking/a?versionId=" + id)).Ok();
            var next = (await scene.S3Async(
                HttpMethod.Get, $"/shrinking?versions&key-marker=a&version-id-marker={id}")).Ok().Xml;
            Assert.Equal(3 - left.Count, Entries(next).Count);
        }

        Assert.Equal(3, left.Distinct().Count());
        (await scene.S3Async(HttpMethod.Delete, "/shrinking")).Ok();
    }

    [Theory]
    [InlineData("version-id-marker=null")]
    [InlineData("key-marker=a&version-id-marker=1")]
    [InlineData("encoding-type=base64")]
    [InlineData("max-keys=-1")]
    public async Task List_ArgumentThatIsNone_IsInvalid(string query)
    {
        await VersionBuckets.CreateAsync(scene, "invalid");
        (await scene.S3Async(HttpMethod.Get, "/invalid?versions&" + query)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Fact]
    public async Task List_NoBucketOrNoKeys_IsAnswered()
    {
        await FillAsync("no-keys", "a");
        var none = (await scene.S3Async(HttpMethod.Get, "/no-keys?versions&max-keys=0")).Ok().Xml;

        Assert.Equal(("false", 0), (none.Element("IsTruncated")!.Value, Entries(none).Count));
        (await scene.S3Async(HttpMethod.Get, "/absent-bucket?versions")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }

    [Fact]
    public async Task DeleteObjects_KeysAndVersions_EachHasItsResult()
    {
        await VersionBuckets.CreateAsync(scene, "many");
        var version = (await scene.S3Async(HttpMethod.Put, "/many/a", [1])).Header("x-amz-version-id")!;
        (await scene.S3Async(HttpMethod.Put, "/many/b", [1])).Ok();

        var made = (await DeleteAsync(
            "<Object><Key>b</Key></Object>"
            + $"<Object><Key>a</Key><VersionId>{version}</VersionId></Object>"
            + "<Object><Key>a</Key><VersionId>1</VersionId></Object>")).Elements().ToList();
        var marker = made[0].Element("DeleteMarkerVersionId")!.Value;
        Assert.Equal(("b", "true", null), (Key(made[0]), Text(made[0], "DeleteMarker"), Text(made[0], "VersionId")));
        Assert.Equal(("a", null, version), (Key(made[1]), Text(made[1], "DeleteMarker"), Text(made[1], "VersionId")));
        Assert.Equal(("InvalidArgument", "1"), (Text(made[2], "Code"), Text(made[2], "VersionId")));

        var removed = Assert.Single((await DeleteAsync(
            $"<Object><Key>b</Key><VersionId>{marker}</VersionId></Object>")).Elements());
        Assert.Equal(
            (marker, "true", marker),
            (Text(removed, "VersionId"), Text(removed, "DeleteMarker"), Text(removed, "DeleteMarkerVersionId")));
        (await scene.S3Async(HttpMethod.Get, "/many/b")).Ok();
    }

    /// <summary>Three versions of each key: an object, a marker, an object; as a listing has them.</summary>
    private async Task<List<string>> FillAsync(string bucket, params string[] keys)
    {
        await VersionBuckets.CreateAsync(scene, bucket);
        var expected = new List<string>();
        foreach (var key in keys)
        {
            var target = $"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/")}";
            var ids = new List<string>
            {
                (await scene.S3Async(HttpMethod.Put, target, [1])).Ok().Header("x-amz-version-id")!,
                (await scene.S3Async(HttpMethod.Delete, target)).Ok().Header("x-amz-version-id")!,
                (await scene.S3Async(HttpMethod.Put, target, [2])).Ok().Header("x-amz-version-id")!,
            };
            var shown = Uri.EscapeDataString(key).Replace("%2F", "/");
            expected.Add($"{shown} {ids[2]} Version true");
            expected.Add($"{shown} {ids[1]} DeleteMarker false");
            expected.Add($"{shown} {ids[0]} Version false");
        }

        return expected;
    }

    private async Task<XElement> DeleteAsync(string objects)
    {
        var body = Encoding.UTF8.GetBytes($"<Delete>{objects}</Delete>");
#pragma warning disable CA5351 // Content-MD5 is HTTP's own check
        var md5 = Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
        return (await scene.S3Async(HttpMethod.Post, "/many?delete", body, "content-md5:" + md5)).Ok().Xml;
    }

    private static List<string> Entries(XElement page) =>
    [
        .. page.Elements().Where(element => element.Name == "Version" || element.Name == "DeleteMarker")
            .Select(entry => $"{Key(entry)} {Text(entry, "VersionId")} {entry.Name} {Text(entry, "IsLatest")}"),
    ];

    private static string Prefixes(XElement page) => string.Join(
        ' ', page.Elements("CommonPrefixes").Select(prefix => prefix.Element("Prefix")!.Value));

    private static string? Key(XElement entry) => Text(entry, "Key");

    private static string? Text(XElement entry, string name) => entry.Element(name)?.Value;
}
