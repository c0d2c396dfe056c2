using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Tests.Objects.Multipart;

/// <summary>What every <see cref="IMultipartUploads"/> promises.</summary>
public abstract class MultipartUploadContract : ObjectStoreScene
{
    private const int PartBytesMin = 5 * 1024 * 1024;
    private const string HelloCrc32C = "mnG7TA==";

    protected abstract IMultipartUploads Uploads { get; }

    [Fact]
    public async Task Complete_TwoParts_IsTheirBytesWithAttributesAndParts()
    {
        var first = new byte[PartBytesMin];
        new Random(1).NextBytes(first);
        var attributes = new ObjectAttributes
        {
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["author"] = "me" },
            Tags = new Dictionary<string, string> { ["team"] = "a" },
        };
        var id = (await Uploads.CreateAsync(Key("k"), attributes, checksum: null, None)).UploadId;
        var one = await Uploads.PutPartAsync(Key("k"), id, 1, new MemoryStream(first), ObjectAttributes.None, None);
        var two = await PutPart(id, 7, "tail");
        Assert.Null(await Store.FindAsync(Key("k"), None));
        Assert.Equal((Md5(first), PartBytesMin), (one.ETag, one.Size));

        var made = await Complete(id, one, two);
        var md5s = Convert.FromHexString(one.ETag + two.ETag);
        Assert.Equal((Md5(md5s) + "-2", PartBytesMin + 4L), (made.ETag, made.Size));
        var found = (await Store.FindAsync(Key("k"), None))!;
        Assert.Equal([new(1, PartBytesMin, null), new ObjectPart(7, 4, null)], found.Parts);
        Assert.Equal(found.Parts, made.Parts);
        Assert.Equal((made.ETag, made.LastModified), (found.ETag, found.LastModified));
        Assert.Equal(("text/plain", "me"), (found.Attributes.ContentType, found.Attributes.Metadata["author"]));
        Assert.Equal("a", found.Attributes.Tags["team"]);
        await using var content = await Store.OpenAsync(Key("k"), null, None);
        Assert.Equal(found.Parts, content!.Info.Parts);
        var copy = new MemoryStream();
        await content.Body.CopyToAsync(copy);
        Assert.Equal([.. first, .. "tail"u8], copy.ToArray());
        Assert.Null(await Uploads.FindAsync(Key("k"), id, None));
    }

    [Fact]
    public async Task Complete_Again_GivesTheSameObjectUntilItIsReplaced()
    {
        var id = await Create("k");
        var part = await PutPart(id, 1, "hello");
        var first = await Complete(id, part);
        var second = await Complete(id, part);
        Assert.Equal((first.ETag, first.LastModified), (second.ETag, second.LastModified));
        await AssertRefused("NoSuchUpload", () => Complete(id, part with { ETag = new string('0', 32) }));
        await Put("k", "other");
        await AssertRefused("NoSuchUpload", () => Complete(id, part));
        Assert.Equal("other", await Text("k"));
        Assert.Empty((await Store.FindAsync(Key("k"), None))!.Parts);
    }

    [Fact]
    public async Task PutPart_Again_Replaces()
    {
        var id = await Create("k");
        await PutPart(id, 1, "first");
        var again = await PutPart(id, 1, "second");
        var listed = Assert.Single(await Uploads.ListPartsAsync(Key("k"), id, 0, 1000, None));
        Assert.Equal(again, listed);
        await Complete(id, again);
        Assert.Equal("second", await Text("k"));
    }

    [Fact]
    public async Task PutPart_LengthOrDigestDiffersOrBodyBreaks_TheOldPartStays()
    {
        var id = await Create("k");
        var part = await PutPart(id, 1, "good");
        await AssertRefused("IncompleteBody", () => PutPart(id, 1, "bad", new() { ContentLength = 4 }));
        await AssertRefused(
            "BadDigest", () => PutPart(id, 1, "bad", new() { ContentMd5 = Convert.ToBase64String(new byte[16]) }));
        await Assert.ThrowsAsync<IOException>(() => Uploads.PutPartAsync(
            Key("k"), id, 1, new BrokenBody(1000), ObjectAttributes.None, None));
        await AssertRefused("InvalidArgument", () => PutPart(id, 0, "x"));
        await AssertRefused("InvalidArgument", () => PutPart(id, 10_001, "x"));
        Assert.Equal([part], await Uploads.ListPartsAsync(Key("k"), id, 0, 1000, None));
    }

    [Fact]
    public async Task Complete_PartsNotAsStored_IsRefusedAndTheUploadStays()
    {
        var id = await Create("k");
        var one = await PutPart(id, 1, "one");
        var two = await PutPart(id, 2, "two");
        await AssertRefused("InvalidRequest", () => Complete(id));
        await AssertRefused("InvalidPartOrder", () => Complete(id, two, one));
        await AssertRefused("InvalidPartOrder", () => Complete(id, one, one));
        await AssertRefused("InvalidPart", () => Complete(id, one with { Number = 3 }));
        await AssertRefused("InvalidPart", () => Complete(id, one with { ETag = two.ETag }));
        await AssertRefused("EntityTooSmall", () => Complete(id, one, two));
        await AssertRefused("InvalidRequest", () => Uploads.CompleteAsync(
            Key("k"), id, [new CompletedPart(2, two.ETag, null)], "mnG7TA==", null, None));
        Assert.Equal(2, (await Uploads.ListPartsAsync(Key("k"), id, 0, 1000, None)).Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
        if (!Traits.DropsParts)
        {
            await AssertRefused("NotImplemented", () => Complete(id, two));
            return;
        }

        await Complete(id, two);
        Assert.Equal("two", await Text("k"));
    }

    [Fact]
    public async Task Complete_Condition_HoldsForTheObject()
    {
        await Put("k", "there");
        var id = await Create("k");
        var part = await PutPart(id, 1, "late");
        if (!Traits.HasConditionalCompletions)
        {
            await AssertRefused("NotImplemented", () => Complete(id, new PutCondition(null, IfAbsent: true), part));
            await AssertRefused("NotImplemented", () => Complete(id, new PutCondition("0", IfAbsent: false), part));
            Assert.Equal("there", await Text("k"));
            return;
        }

        await AssertRefused("PreconditionFailed", () => Complete(id, new PutCondition(null, IfAbsent: true), part));
        await AssertRefused("PreconditionFailed", () => Complete(id, new PutCondition("0", IfAbsent: false), part));
        Assert.Equal("there", await Text("k"));
        await Complete(id, new PutCondition(Md5("there"u8.ToArray()), IfAbsent: false), part);
        Assert.Equal("late", await Text("k"));
        await Store.DeleteAsync(Key("k"), None);
        var next = await Create("k");
        var absent = await PutPart(next, 1, "x");
        await AssertRefused("NoSuchKey", () => Complete(next, new PutCondition("0", IfAbsent: false), absent));
        await Complete(next, new PutCondition(null, IfAbsent: true), absent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_Checksum_IsMadeOfThePartsAndChecked(bool isComposite)
    {
        var kind = new UploadChecksum(ChecksumAlgorithm.Crc32C, isComposite);
        var upload = await Uploads.CreateAsync(Key("k"), ObjectAttributes.None, kind, None);
        Assert.Equal(kind, (await Uploads.FindAsync(Key("k"), upload.UploadId, None))!.Checksum);
        var part = await PutPart(upload.UploadId, 1, "hello", With(ChecksumAlgorithm.Crc32C, HelloCrc32C));
        Assert.Equal(new ObjectChecksum(ChecksumAlgorithm.Crc32C, HelloCrc32C, IsComposite: false), part.Checksum);

        CompletedPart[] parts = [new(1, part.ETag, HelloCrc32C)];
        await AssertRefused("BadDigest", () => CompleteWith("AAAAAA=="));
        await AssertRefused("InvalidPart", () => Uploads.CompleteAsync(
            Key("k"), upload.UploadId, [new(1, part.ETag, "AAAAAA==")], null, null, None));
        var made = await CompleteWith(isComposite ? null : HelloCrc32C);
        Assert.Equal(isComposite, made.Checksum!.IsComposite);
        Assert.Equal(isComposite, made.Checksum.Value.EndsWith("-1", StringComparison.Ordinal));
        Assert.Equal(isComposite, made.Checksum.Value != HelloCrc32C);
        var found = (await Store.FindAsync(Key("k"), None))!;
        Assert.Equal(made.Checksum, found.Checksum);
        Assert.Equal(HelloCrc32C, Assert.Single(found.Parts).Checksum);

        Task<ObjectInfo> CompleteWith(string? stated) =>
            Uploads.CompleteAsync(Key("k"), upload.UploadId, parts, stated, null, None);
    }

    [Fact]
    public async Task PutPart_ChecksumNotTheUploads_IsRefused()
    {
        var kind = new UploadChecksum(ChecksumAlgorithm.Crc32, IsComposite: true);
        var id = (await Uploads.CreateAsync(Key("k"), ObjectAttributes.None, kind, None)).UploadId;
        await AssertRefused("InvalidRequest", () => PutPart(id, 1, "hello"));
        await AssertRefused(
            "InvalidRequest", () => PutPart(id, 1, "hello", With(ChecksumAlgorithm.Crc32C, HelloCrc32C)));
        await AssertRefused("InvalidRequest", () => PutPart(id, 1, "hello", With(ChecksumAlgorithm.Crc32, "AAA=")));
        Assert.Empty(await Uploads.ListPartsAsync(Key("k"), id, 0, 1000, None));
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Sha1, false)]
    [InlineData(ChecksumAlgorithm.Sha256, false)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, true)]
    public async Task Create_ChecksumThatPartsCannotMake_IsRefused(ChecksumAlgorithm algorithm, bool isComposite) =>
        await AssertRefused("InvalidRequest", () => Uploads.CreateAsync(
            Key("k"), ObjectAttributes.None, new UploadChecksum(algorithm, isComposite), None));

    [Fact]
    public async Task Abort_Upload_IsGoneAndNothingElse()
    {
        await Put("k", "stays");
        var id = await Create("k");
        var part = await PutPart(id, 1, "x");
        await Uploads.AbortAsync(Key("k"), id, None);
        Assert.Null(await Uploads.FindAsync(Key("k"), id, None));
        await AssertRefused("NoSuchUpload", () => Uploads.AbortAsync(Key("k"), id, None));
        await AssertRefused("NoSuchUpload", () => PutPart(id, 2, "x"));
        await AssertRefused("NoSuchUpload", () => Complete(id, part));
        await AssertRefused("NoSuchUpload", () => Uploads.ListPartsAsync(Key("k"), id, 0, 1000, None));
        Assert.Equal("stays", await Text("k"));
    }

    [Fact]
    public async Task AnyCall_UploadOfAnotherKeyOrNone_NoSuchUpload()
    {
        var id = await Create("k");
        foreach (var other in (string[])[id.ToUpperInvariant() + "x", "", "no", new string('0', 32)])
        {
            Assert.Null(await Uploads.FindAsync(Key("k"), other, None));
            await AssertRefused("NoSuchUpload", () => PutPart(other, 1, "x"));
        }

        Assert.Null(await Uploads.FindAsync(Key("else"), id, None));
        var missing = new ObjectKey("missing", "k");
        await AssertRefused("NoSuchBucket", () => Uploads.FindAsync(missing, id, None));
        await AssertRefused(
            "NoSuchBucket", () => Uploads.CreateAsync(missing, ObjectAttributes.None, checksum: null, None));
        await AssertRefused("NoSuchBucket", () => Uploads.ListAsync("missing", new ObjectListing(), null, None));
        await AssertRefused("KeyTooLongError", () => Create(new string('k', 1025)));
    }

    [Fact]
    public async Task DeleteBucket_WithAnUpload_EndsIt()
    {
        var id = await Create("k");
        await PutPart(id, 1, "x");
        await Store.DeleteBucketAsync(Bucket, None);
        await Store.CreateBucketAsync(Bucket, None);
        Assert.Null(await Uploads.FindAsync(Key("k"), id, None));
        Assert.Empty((await Uploads.ListAsync(Bucket, new ObjectListing(), null, None)).Uploads);
    }

    protected async Task<string> Create(string key) =>
        (await Uploads.CreateAsync(Key(key), ObjectAttributes.None, checksum: null, None)).UploadId;

    protected Task<UploadedPart> PutPart(
        string id, int number, string text, ObjectAttributes? attributes = null, string key = "k") =>
        Uploads.PutPartAsync(Key(key), id, number, Body(text), attributes ?? ObjectAttributes.None, None);

    protected Task<ObjectInfo> Complete(string id, params UploadedPart[] parts) => Complete(id, null, parts);

    private Task<ObjectInfo> Complete(string id, PutCondition? condition, params UploadedPart[] parts) =>
        Uploads.CompleteAsync(
            Key("k"), id, [.. parts.Select(part => new CompletedPart(part.Number, part.ETag, null))], null, condition,
            None);

    private static ObjectAttributes With(ChecksumAlgorithm algorithm, string value) =>
        new() { Checksum = () => new ObjectChecksum(algorithm, value, IsComposite: false) };
}
