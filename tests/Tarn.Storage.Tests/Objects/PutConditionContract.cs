using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

/// <summary>What every <see cref="IObjectStore"/> promises of conditions, checksums and tags.</summary>
public abstract class PutConditionContract : ObjectStoreScene
{
    private const string HelloMd5 = "5d41402abc4b2a76b9719d911017c592";

    [Fact]
    public async Task Put_IfAbsent_IsRefusedWhereAnObjectIs()
    {
        await PutIf(new PutCondition(IfMatch: null, IfAbsent: true), "first");
        var failure = await AssertRefused(
            "PreconditionFailed", () => PutIf(new PutCondition(IfMatch: null, IfAbsent: true), "second"));
        Assert.Equal(ErrorKind.Conflict, failure.Kind);
        Assert.Equal("first", await Text("k"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
        await Store.DeleteAsync(Key("k"), None);
        await PutIf(new PutCondition(IfMatch: null, IfAbsent: true), "third");
        Assert.Equal("third", await Text("k"));
    }

    [Fact]
    public async Task Put_IfMatch_NeedsThatVeryObject()
    {
        if (!Traits.MatchesETags)
        {
            await Put("k", "hello");
            await AssertRefused("NotImplemented", () => PutIf(new PutCondition(HelloMd5, IfAbsent: false), "x"));
            Assert.Equal("hello", await Text("k"));
            return;
        }

        var failure = await AssertRefused("NoSuchKey", () => PutIf(new PutCondition(HelloMd5, IfAbsent: false), "x"));
        Assert.Equal(ErrorKind.NotFound, failure.Kind);
        await Put("k", "other");
        await AssertRefused("PreconditionFailed", () => PutIf(new PutCondition(HelloMd5, IfAbsent: false), "x"));
        Assert.Equal("other", await Text("k"));
        await Put("k", "hello");
        await PutIf(new PutCondition(HelloMd5, IfAbsent: false), "next");
        Assert.Equal("next", await Text("k"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task PutFile_IfAbsent_IsRefusedWhereAnObjectIs()
    {
        await Put("k", "there");
        var path = Path.Combine(Store.StagingDirectory, "made-elsewhere");
        await File.WriteAllTextAsync(path, "late");
        var attributes = new ObjectAttributes { Condition = new PutCondition(IfMatch: null, IfAbsent: true) };
        await AssertRefused("PreconditionFailed", () => Store.PutFileAsync(Key("k"), path, attributes, None));
        Assert.Equal("there", await Text("k"));
    }

    [Fact]
    public async Task Put_ManyAtOnceIfAbsent_OneWins()
    {
        var puts = Enumerable.Range(0, 20)
            .Select(i => Record.ExceptionAsync(() => PutIf(new PutCondition(IfMatch: null, IfAbsent: true), $"{i}")));
        var failures = await Task.WhenAll(puts);
        Assert.Single(failures, failure => failure is null);
        Assert.All(
            failures.Where(failure => failure is not null),
            failure => Assert.Equal("PreconditionFailed", Assert.IsType<TarnException>(failure).Code));
    }

    [Fact]
    public async Task Put_Checksum_IsAskedForAtTheEndAndKept()
    {
        var body = Body("hello");
        var checksum = new ObjectChecksum(ChecksumAlgorithm.Crc32C, "mnG7TA==", IsComposite: false);
        var attributes = new ObjectAttributes
        {
            Checksum = () => body.Position == body.Length ? checksum : throw new InvalidOperationException("too early"),
        };
        Assert.Equal(checksum, (await Store.PutAsync(Key("k"), body, attributes, None)).Checksum);
        Assert.Equal(checksum, (await Store.FindAsync(Key("k"), None))!.Checksum);
        await Put("k", "none");
        Assert.Null((await Store.FindAsync(Key("k"), None))!.Checksum);
    }

    [Fact]
    public async Task Put_ChecksumRefuses_NothingChanges()
    {
        await Put("k", "old");
        Func<ObjectChecksum?> refuse = () => throw new TarnException(ErrorKind.Invalid, "differs");
        await Assert.ThrowsAsync<TarnException>(
            () => Store.PutAsync(Key("k"), Body("new"), new() { Checksum = refuse }, None));
        Assert.Equal("old", await Text("k"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task SetTags_Object_ReplacesTagsAndNothingElse()
    {
        var checksum = new ObjectChecksum(ChecksumAlgorithm.Sha256, "c2hh", IsComposite: false);
        var put = await Store.PutAsync(Key("k"), Body("hello"), new()
        {
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["author"] = "me" },
            Tags = new Dictionary<string, string> { ["old"] = "1" },
            Checksum = () => checksum,
        }, None);
        Assert.Equal("1", put.Attributes.Tags["old"]);
        var tags = new Dictionary<string, string> { ["team"] = "zoë", ["empty"] = "" };
        Assert.Equal(tags, (await Store.SetTagsAsync(Key("k"), tags, None))!.Attributes.Tags);
        var found = (await Store.FindAsync(Key("k"), None))!;
        Assert.Equal(tags, found.Attributes.Tags);
        Assert.Equal((put.ETag, put.Size), (found.ETag, found.Size));
        Assert.True(put.LastModified == found.LastModified || !Traits.DatesBytesOnly);
        Assert.Equal(("text/plain", "me"), (found.Attributes.ContentType, found.Attributes.Metadata["author"]));
        Assert.Equal(checksum, found.Checksum);
        Assert.Equal("hello", await Text("k"));
        await Store.SetTagsAsync(Key("k"), new Dictionary<string, string>(), None);
        Assert.Empty((await Store.FindAsync(Key("k"), None))!.Attributes.Tags);
    }

    [Fact]
    public async Task SetTags_NoObjectOrBucket_IsNullOrRefused()
    {
        Assert.Null(await Store.SetTagsAsync(Key("none"), new Dictionary<string, string>(), None));
        await AssertRefused(
            "NoSuchBucket",
            () => Store.SetTagsAsync(new ObjectKey("missing", "k"), new Dictionary<string, string>(), None));
    }

    private Task<ObjectInfo> PutIf(PutCondition condition, string text) =>
        Store.PutAsync(Key("k"), Body(text), new ObjectAttributes { Condition = condition }, None);
}
