using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

/// <summary>What every <see cref="IObjectStore"/> promises of copies.</summary>
public abstract class ObjectCopyContract : ObjectStoreScene
{
    private static readonly ObjectChecksum Checksum = new(ChecksumAlgorithm.Crc32, "NhCmhg==", IsComposite: false);

    private static readonly ObjectAttributes Attributes = new()
    {
        ContentType = "text/plain",
        Headers = new Dictionary<string, string> { ["cache-control"] = "no-cache" },
        Metadata = new Dictionary<string, string> { ["author"] = "me" },
        Tags = new Dictionary<string, string> { ["team"] = "a" },
        Checksum = () => Checksum,
    };

    [Fact]
    public async Task Copy_NoAttributes_KeepsBytesAttributesAndChecksum()
    {
        var source = await Store.PutAsync(Key("from"), Body("hello"), Attributes, None);
        await Store.CreateBucketAsync("other", None);
        var target = new ObjectKey("other", "to/here");
        var copy = await Store.CopyAsync(Key("from"), _ => { }, target, attributes: null, None);
        Assert.Equal((target, 5L, source.ETag), (copy!.Key, copy.Size, copy.ETag));
        var found = (await Store.FindAsync(target, None))!;
        Assert.Equal("text/plain", found.Attributes.ContentType);
        Assert.Equal("no-cache", found.Attributes.Headers["cache-control"]);
        Assert.Equal("me", found.Attributes.Metadata["author"]);
        Assert.Equal("a", found.Attributes.Tags["team"]);
        Assert.Equal(Checksum, found.Checksum);
        await Put("from", "changed");
        await using var content = await Store.OpenAsync(target, null, None);
        Assert.Equal("hello", await new StreamReader(content!.Body).ReadToEndAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task Copy_OntoItselfWithAttributes_ReplacesThem()
    {
        await Store.PutAsync(Key("k"), Body("hello"), Attributes, None);
        var copy = await Store.CopyAsync(Key("k"), _ => { }, Key("k"), new() { ContentType = "text/csv" }, None);
        Assert.Equal("text/csv", copy!.Attributes.ContentType);
        Assert.Empty(copy.Attributes.Metadata);
        Assert.Empty(copy.Attributes.Tags);
        Assert.Equal(Checksum, (await Store.FindAsync(Key("k"), None))!.Checksum);
        Assert.Equal("hello", await Text("k"));
    }

    [Fact]
    public async Task Copy_SeveralMegabytesAndNone_AreTheSameBytes()
    {
        var bytes = new byte[5_000_001];
        new Random(11).NextBytes(bytes);
        await Store.PutAsync(Key("big"), new MemoryStream(bytes), ObjectAttributes.None, None);
        Assert.Equal(Md5(bytes), (await Store.CopyAsync(Key("big"), _ => { }, Key("big2"), null, None))!.ETag);
        await using var content = await Store.OpenAsync(Key("big2"), null, None);
        var copy = new MemoryStream();
        await content!.Body.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
        await Put("empty", "");
        await Store.CopyAsync(Key("empty"), _ => { }, Key("empty2"), null, None);
        Assert.Equal("", await Text("empty2"));
    }

    [Fact]
    public async Task Copy_SourceRefused_NothingChanges()
    {
        await Put("from", "new");
        await Put("to", "old");
        ObjectInfo? seen = null;
        var failure = await Assert.ThrowsAsync<TarnException>(() => Store.CopyAsync(
            Key("from"),
            info =>
            {
                seen = info;
                throw new TarnException(ErrorKind.Conflict, "not that one");
            },
            Key("to"), null, None));
        Assert.Equal("not that one", failure.Message);
        Assert.Equal((Key("from"), 3L), (seen!.Key, seen.Size));
        Assert.Equal("old", await Text("to"));
    }

    [Fact]
    public async Task Copy_Condition_HoldsForTheTarget()
    {
        await Put("from", "new");
        await Put("to", "old");
        var absent = new ObjectAttributes { Condition = new PutCondition(IfMatch: null, IfAbsent: true) };
        await AssertRefused(
            Traits.HasConditionalCopies ? "PreconditionFailed" : "NotImplemented",
            () => Store.CopyAsync(Key("from"), _ => { }, Key("to"), absent, None));
        Assert.Equal("old", await Text("to"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task Copy_SourceOrBucketMissing_IsNullOrRefused()
    {
        await Put("from", "x");
        Assert.Null(await Store.CopyAsync(Key("none"), _ => { }, Key("to"), null, None));
        var elsewhere = new ObjectKey("missing", "k");
        await AssertRefused("NoSuchBucket", () => Store.CopyAsync(elsewhere, _ => { }, Key("to"), null, None));
        await AssertRefused("NoSuchBucket", () => Store.CopyAsync(Key("from"), _ => { }, elsewhere, null, None));
    }
}
