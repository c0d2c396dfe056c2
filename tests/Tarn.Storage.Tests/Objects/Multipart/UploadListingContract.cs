using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Tests.Objects.Multipart;

/// <summary>What every <see cref="IMultipartUploads"/> promises of its listings.</summary>
public abstract class UploadListingContract : ObjectStoreScene
{
    protected abstract IMultipartUploads Uploads { get; }

    [Fact]
    public async Task ListParts_Pages_AreInOrderOfNumber()
    {
        var id = (await Uploads.CreateAsync(Key("k"), ObjectAttributes.None, checksum: null, None)).UploadId;
        foreach (var number in (int[])[10_000, 3, 1, 20])
        {
            await Uploads.PutPartAsync(Key("k"), id, number, Body($"{number}"), ObjectAttributes.None, None);
        }

        Assert.Equal([1, 3, 20, 10_000], await Numbers(0, 1000));
        Assert.Equal([1, 3], await Numbers(0, 2));
        Assert.Equal([20, 10_000], await Numbers(3, 2));
        Assert.Empty(await Numbers(10_000, 2));

        async Task<IEnumerable<int>> Numbers(int after, int countMax) =>
            (await Uploads.ListPartsAsync(Key("k"), id, after, countMax, None)).Select(part => part.Number);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task List_PagesOfAnySize_YieldEveryUploadOnceInOrder(int entriesMax)
    {
        var expected = new List<string>();
        foreach (var key in (string[])["b", "a/1", "b", "b/2", "é", "b"])
        {
            expected.Add($"{key} {(await Create(key)).UploadId}");
        }

        var found = new List<string>();
        string? after = null, afterUpload = null;
        do
        {
            var page = await Uploads.ListAsync(
                Bucket, new ObjectListing { After = after, EntriesMax = entriesMax }, afterUpload, None);
            found.AddRange(page.Uploads.Select(upload => $"{upload.Key.Key} {upload.UploadId}"));
            (after, afterUpload) = (page.NextAfter, page.NextAfterUploadId);
        }
        while (after is not null);

        Assert.Equal(["a/1", "b", "b", "b", "b/2", "é"], found.Select(entry => entry.Split(' ')[0]));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Where(e => e[..2] == "b "), found.Where(e => e[..2] == "b "));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task List_PrefixAndDelimiter_FoldsAndGoesOn(int entriesMax)
    {
        foreach (var key in (string[])["x", "p/a/1", "p/a/2", "p/b", "p/c/3", "q"])
        {
            await Create(key);
        }

        var found = new List<string>();
        string? after = null, afterUpload = null;
        do
        {
            var listing = new ObjectListing { Prefix = "p/", Delimiter = "/", After = after, EntriesMax = entriesMax };
            var page = await Uploads.ListAsync(Bucket, listing, afterUpload, None);
            found.AddRange(page.CommonPrefixes);
            found.AddRange(page.Uploads.Select(upload => upload.Key.Key));
            (after, afterUpload) = (page.NextAfter, page.NextAfterUploadId);
        }
        while (after is not null);

        Assert.Equal(["p/a/", "p/b", "p/c/"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_AfterAKeyOnly_SkipsAllItsUploads()
    {
        await Create("a");
        await Create("a");
        var last = await Create("b");
        var page = await Uploads.ListAsync(Bucket, new ObjectListing { After = "a" }, afterUploadId: null, None);
        Assert.Equal(last, Assert.Single(page.Uploads) with { Attributes = last.Attributes });
    }

    [Fact]
    public async Task List_MarkerThatIsNoUploadId_IsRefused() => await AssertRefused(
        "InvalidArgument", () => Uploads.ListAsync(Bucket, new ObjectListing { After = "a" }, "no-id", None));

    private Task<MultipartUpload> Create(string key) =>
        Uploads.CreateAsync(Key(key), ObjectAttributes.None, checksum: null, None);
}
