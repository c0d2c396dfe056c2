using System.Security.Cryptography;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

/// <summary>
/// What every <see cref="IObjectStore"/> promises of buckets, puts, reads and deletes.
/// </summary>
public abstract partial class ObjectStoreContract : ObjectStoreScene
{
    [Theory]
    [InlineData("ab", true)]
    [InlineData("Upper", true)]
    [InlineData("under_score", true)]
    [InlineData("-lead", true)]
    [InlineData("trail-", true)]
    [InlineData("two..dots", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("xn--x", true)]
    [InlineData("x-s3alias", true)]
    [InlineData("a/b", true)]
    [InlineData("..", true)]
    [InlineData("", true)]
    [InlineData("abc", false)]
    [InlineData("my.bucket-1", false)]
    [InlineData("1.2.3", false)]
    public async Task CreateBucket_Name_FollowsTheRules(string name, bool isRefused)
    {
        var failure = await Record.ExceptionAsync(() => Store.CreateBucketAsync(name, None));
        Assert.Equal(isRefused ? "InvalidBucketName" : null, (failure as TarnException)?.Code);
    }

    [Fact]
    public async Task CreateBucket_LongestName_IsKept()
    {
        var name = new string('a', 63);
        await Store.CreateBucketAsync(name, None);
        Assert.NotNull(await Store.FindBucketAsync(name, None));
        await AssertRefused("InvalidBucketName", () => Store.CreateBucketAsync(name + "a", None));
    }

    [Fact]
    public async Task CreateBucket_Twice_AlreadyExists()
    {
        var failure = await AssertRefused("BucketAlreadyOwnedByYou", () => Store.CreateBucketAsync(Bucket, None));
        Assert.Equal(ErrorKind.AlreadyExists, failure.Kind);
    }

    [Fact]
    public async Task ListBuckets_Several_AreInNameOrder()
    {
        await Store.CreateBucketAsync("zebra", None);
        await Store.CreateBucketAsync("ant", None);
        Assert.Equal(["ant", "lake", "zebra"], (await Store.ListBucketsAsync(None)).Select(b => b.Name));
    }

    [Fact]
    public async Task DeleteBucket_WithAnObject_IsRefusedUntilItIsGone()
    {
        await Put("a/b");
        var failure = await AssertRefused("BucketNotEmpty", () => Store.DeleteBucketAsync(Bucket, None));
        Assert.Equal(ErrorKind.Conflict, failure.Kind);
        await Store.DeleteAsync(Key("a/b"), None);
        await Store.DeleteBucketAsync(Bucket, None);
        Assert.Null(await Store.FindBucketAsync(Bucket, None));
        Assert.Empty(await Store.ListBucketsAsync(None));
    }

    [Fact]
    public async Task AnyCall_BucketMissing_NoSuchBucket()
    {
        var key = new ObjectKey("missing", "k");
        await AssertRefused("NoSuchBucket", () => Store.PutAsync(key, Body("x"), ObjectAttributes.None, None));
        await AssertRefused("NoSuchBucket", () => Store.FindAsync(key, None));
        await AssertRefused("NoSuchBucket", () => Store.OpenAsync(key, null, None));
        await AssertRefused("NoSuchBucket", () => Store.OpenLocalAsync(key, None));
        await AssertRefused("NoSuchBucket", () => Store.DeleteAsync(key, None));
        await AssertRefused("NoSuchBucket", () => Store.ListAsync("missing", new ObjectListing(), None));
        await AssertRefused("NoSuchBucket", () => Store.DeleteBucketAsync("missing", None));
        Assert.Null(await Store.FindBucketAsync("missing", None));
    }

    [Fact]
    public async Task Put_Body_IsFoundWithItsAttributes()
    {
        var attributes = new ObjectAttributes
        {
            ContentType = "text/plain",
            Headers = new Dictionary<string, string> { ["content-encoding"] = "gzip" },
            Metadata = new Dictionary<string, string> { ["author"] = "zoë" },
        };
        var put = await Store.PutAsync(Key("k"), Body("hello"), attributes, None);
        var found = await Store.FindAsync(Key("k"), None);
        Assert.NotNull(found);
        Assert.Equal(5, found.Size);
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", found.ETag);
        Assert.Equal(put.LastModified, found.LastModified);
        Assert.Equal("text/plain", found.Attributes.ContentType);
        Assert.Equal("gzip", found.Attributes.Headers["content-encoding"]);
        Assert.Equal("zoë", found.Attributes.Metadata["author"]);
        Assert.Equal("hello", await Text("k"));
    }

    [Fact]
    public async Task Put_EmptyBody_IsAnObject()
    {
        var put = await Store.PutAsync(Key("empty"), Body(""), ObjectAttributes.None, None);
        Assert.Equal((0, "d41d8cd98f00b204e9800998ecf8427e"), (put.Size, put.ETag));
        Assert.Equal("", await Text("empty"));
        Assert.Equal("binary/octet-stream", put.Attributes.ContentType);
    }

    [Fact]
    public async Task Put_Again_Replaces()
    {
        await Put("k", "one");
        await Put("k", "three");
        Assert.Equal("three", await Text("k"));
        Assert.Equal(["k"], (await Store.ListAsync(Bucket, new ObjectListing(), None)).Objects.Select(o => o.Key.Key));
    }

    [Fact]
    public async Task Put_SeveralMegabytes_ComeBackTheSame()
    {
        var bytes = new byte[3_000_001];
        new Random(7).NextBytes(bytes);
        var attributes = new ObjectAttributes { ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        var put = await Store.PutAsync(Key("big"), new MemoryStream(bytes), attributes, None);
        Assert.Equal(Md5(bytes), put.ETag);
        await using var content = await Store.OpenAsync(Key("big"), null, None);
        var copy = new MemoryStream();
        await content!.Body.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task Put_LengthOrDigestDiffers_IsRefusedAndTheOldObjectStays()
    {
        await Put("k", "old");
        var md5 = Convert.ToBase64String(Convert.FromHexString("5d41402abc4b2a76b9719d911017c592"));
        var sha = Convert.ToHexStringLower(SHA256.HashData("hello"u8));
        await RefusedPut("IncompleteBody", new() { ContentLength = 6 });
        await RefusedPut("IncompleteBody", new() { ContentLength = 4 });
        await RefusedPut("BadDigest", new() { ContentMd5 = Convert.ToBase64String(new byte[16]) });
        await RefusedPut("InvalidDigest", new() { ContentMd5 = "bm8=" });
        await RefusedPut("InvalidDigest", new() { ContentMd5 = "not base64" });
        await RefusedPut("XAmzContentSHA256Mismatch", new() { ContentSha256 = new string('0', 64) });
        Assert.Equal("old", await Text("k"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
        await Store.PutAsync(
            Key("k"), Body("hello"), new() { ContentLength = 5, ContentMd5 = md5, ContentSha256 = sha }, None);
        Assert.Equal("hello", await Text("k"));

        Task RefusedPut(string code, ObjectAttributes attributes) =>
            AssertRefused(code, () => Store.PutAsync(Key("k"), Body("hello"), attributes, None));
    }

    [Fact]
    public async Task Put_BodyThrows_NothingChanges()
    {
        await Put("k", "old");
        var failure = await Assert.ThrowsAsync<IOException>(
            () => Store.PutAsync(Key("k"), new BrokenBody(100_000), ObjectAttributes.None, None));
        Assert.Equal("connection reset", failure.Message);
        Assert.Equal("old", await Text("k"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task Put_KeyNotLegal_IsRefused()
    {
        await AssertRefused("KeyTooLongError", () => Put(new string('k', KeyBytesMax + 1)));
        await AssertRefused("KeyTooLongError", () => Put(new string('é', (KeyBytesMax / 2) + 1)));
        await AssertRefused("InvalidArgument", () => Put(""));
        await AssertRefused("InvalidArgument", () => Put("half \ud800 pair"));
        await Put(new string('é', KeyBytesMax / 2));
    }

    [Fact]
    public async Task PutFile_StagedFile_IsTakenOver()
    {
        var path = Path.Combine(Store.StagingDirectory, "made-elsewhere.parquet");
        await File.WriteAllTextAsync(path, "hello");
        var put = await Store.PutFileAsync(Key("t/part.parquet"), path, ObjectAttributes.None, None);
        Assert.Equal((5, "5d41402abc4b2a76b9719d911017c592"), (put.Size, put.ETag));
        Assert.False(File.Exists(path));
        Assert.Equal("hello", await Text("t/part.parquet"));
    }

    [Fact]
    public async Task PutFile_OutsideStaging_IsRefused()
    {
        var path = Path.Combine(Store.StagingDirectory, "..", "metadata.db");
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => Store.PutFileAsync(Key("k"), path, ObjectAttributes.None, None));
        Assert.Equal(ErrorKind.Invalid, failure.Kind);
    }

    [Fact]
    public async Task Delete_Object_IsGoneAndASecondTimeFalse()
    {
        await Put("a/b/c");
        Assert.True(await Store.DeleteAsync(Key("a/b/c"), None));
        Assert.False(await Store.DeleteAsync(Key("a/b/c"), None));
        Assert.Null(await Store.FindAsync(Key("a/b/c"), None));
        Assert.Null(await Store.OpenAsync(Key("a/b/c"), null, None));
        Assert.Null(await Store.OpenLocalAsync(Key("a/b/c"), None));
    }

    [Theory]
    [InlineData(0L, 0L, "0")]
    [InlineData(2L, 4L, "234")]
    [InlineData(7L, null, "789")]
    [InlineData(7L, 99L, "789")]
    [InlineData(null, 3L, "789")]
    [InlineData(null, 99L, "0123456789")]
    public async Task Open_Range_YieldsThatPart(long? first, long? last, string expected)
    {
        await Put("k", "0123456789");
        await using var content = await Store.OpenAsync(Key("k"), new ByteRange(first, last), None);
        Assert.Equal(10, content!.Info.Size);
        Assert.Equal(expected.Length, content.Length);
        Assert.Equal("0123456789".IndexOf(expected, StringComparison.Ordinal), content.Start);
        Assert.Equal(expected, await new StreamReader(content.Body).ReadToEndAsync());
    }

    [Theory]
    [InlineData(10L, null)]
    [InlineData(10L, 12L)]
    [InlineData(5L, 4L)]
    [InlineData(null, 0L)]
    public async Task Open_RangeOutside_InvalidRange(long? first, long? last)
    {
        await Put("k", "0123456789");
        await AssertRefused("InvalidRange", () => Store.OpenAsync(Key("k"), new ByteRange(first, last), None));
    }

    [Fact]
    public async Task Open_ReplacedAndDeletedWhileReading_KeepsTheOldBytes()
    {
        await Put("k", "old bytes");
        await using var content = await Store.OpenAsync(Key("k"), null, None);
        await Put("k", "new");
        await Store.DeleteAsync(Key("k"), None);
        Assert.Equal("old bytes", await new StreamReader(content!.Body).ReadToEndAsync());
    }

    [Fact]
    public async Task OpenLocal_Path_HoldsTheWholeObject()
    {
        await Put("t/x.json", "{}");
        using var local = await Store.OpenLocalAsync(Key("t/x.json"), None);
        Assert.Equal("{}", await File.ReadAllTextAsync(local!.Path));
        Assert.Equal(2, local.Info.Size);
        Assert.Contains(Store.LocalDirectories, folder => local.Path.StartsWith(folder, StringComparison.Ordinal));
    }
}
