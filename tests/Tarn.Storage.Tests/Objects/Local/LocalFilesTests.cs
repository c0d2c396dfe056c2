using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Local;

/// <summary>What lies on the disk, and what happens when somebody else has touched it.</summary>
public sealed class LocalFilesTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalObjectStore Store => Lake.Storage.Objects;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Store.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task Put_Key_IsAPlainFileUnderItsOwnName()
    {
        await Put("raw/scores/year=2026/part.json", "{}");
        Assert.Equal("{}", await File.ReadAllTextAsync(FileOf("raw/scores/year=2026/part.json")));
        using var local = await Store.OpenLocalAsync(Key("raw/scores/year=2026/part.json"), None);
        Assert.Equal(FileOf("raw/scores/year=2026/part.json"), local!.Path);
    }

    [Fact]
    public async Task Put_HostileKeys_NoFileOutsideTheBucket()
    {
        string[] keys = ["../up", "..", "a/../../b", "/etc/x", "../../metadata.db", "./.", "../staging/x"];
        foreach (var key in keys)
        {
            await Put(key, "x");
        }

        Assert.Equal(["lake"], Directory.EnumerateFileSystemEntries(Lake.Objects).Select(Path.GetFileName));
        Assert.Equal(
            ["metadata.db", "metadata.db-shm", "metadata.db-wal", "objects", "staging", "uploads", "versions"],
            Directory.EnumerateFileSystemEntries(Lake.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(7, Directory.EnumerateFiles(FileOf(""), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Put_BelowALinkThatSomebodyPlaced_DoesNotFollowIt()
    {
        var outside = Directory.CreateDirectory(Path.Combine(Lake.Path, "outside")).FullName;
        Directory.CreateSymbolicLink(FileOf("link"), outside);
        await Put("link/x", "mine");
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal("mine", await Text("link/x"));
    }

    [Fact]
    public async Task Delete_LastKeyOfAFolder_RemovesEmptyFoldersOnly()
    {
        await Put("a/b/c/1", "x");
        await Put("a/2", "x");
        await Store.DeleteAsync(Key("a/b/c/1"), None);
        Assert.Equal(["2"], Directory.EnumerateFileSystemEntries(FileOf("a")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task DeleteBucket_ForeignFileInIt_KeepsThatFile()
    {
        await File.WriteAllTextAsync(FileOf("by-hand.csv"), "1");
        await Store.DeleteBucketAsync("lake", None);
        Assert.Equal("1", await File.ReadAllTextAsync(FileOf("by-hand.csv")));
        await Store.CreateBucketAsync("lake", None);
        Assert.Empty((await Store.ListAsync("lake", new ObjectListing(), None)).Objects);
    }

    [Fact]
    public async Task Open_FileRemovedOrCutByHand_IsDamagedAndNamed()
    {
        await Put("gone", "123");
        await Put("cut", "123");
        File.Delete(FileOf("gone"));
        await File.WriteAllTextAsync(FileOf("cut"), "12");
        foreach (var key in (string[])["gone", "cut"])
        {
            var failure = await Assert.ThrowsAsync<TarnException>(() => Store.OpenAsync(Key(key), null, None));
            Assert.Equal(ErrorKind.Damaged, failure.Kind);
            Assert.Contains(FileOf(key), failure.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_File_IsThatVersionWhateverComesLater()
    {
        await Put("k", "old bytes");
        await using var content = await Store.OpenAsync(Key("k"), new ByteRange(4, null), None);
        await Put("k", "new");
        var bytes = new byte[content!.Length];
        Assert.Equal(bytes.Length, RandomAccess.Read(content.File!, bytes, content.Start));
        Assert.Equal("bytes", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task Put_FileCannotBeNamed_IsServedFromStagingAndNamedAtALaterStart()
    {
        await Put("k", "old");
        await Lake.ReopenAsync();
        File.Delete(FileOf("k"));
        Directory.CreateDirectory(FileOf("k/in the way"));

        await Put("k", "new");
        Assert.Equal("new", await Text("k"));
        await Lake.ReopenAsync();
        Assert.Equal("new", await Text("k"));
        var failure = await Assert.ThrowsAsync<TarnException>(() => Store.OpenLocalAsync(Key("k"), None));
        Assert.Equal(ErrorKind.Unavailable, failure.Kind);

        Directory.Delete(FileOf("k"), recursive: true);
        await Lake.ReopenAsync();
        Assert.Equal("new", await File.ReadAllTextAsync(FileOf("k")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Store.StagingDirectory));
    }

    [Fact]
    public async Task Put_SameMoment_LastModifiedIsWholeMilliseconds()
    {
        var put = await Put("k", "x");
        Assert.Equal(0, put.LastModified.Ticks % TimeSpan.TicksPerMillisecond);
        await Lake.ReopenAsync();
        Assert.Equal(put.LastModified, (await Store.FindAsync(Key("k"), None))!.LastModified);
    }

    [Fact]
    public async Task Reopen_SettledOrNot_KeepsEverything()
    {
        await Lake.StopSettlingAsync();
        await Put("a", "1");
        await Put("a/b", "2");
        await Lake.ReopenAsync();
        await Lake.ReopenAsync();
        Assert.Equal(("1", "2"), (await Text("a"), await Text("a/b")));
        Assert.Equal(["a", "a/b"], (await Store.ListAsync("lake", new(), None)).Objects.Select(o => o.Key.Key));
    }

    private static ObjectKey Key(string key) => new("lake", key);

    private string FileOf(string path) => Path.Combine(Lake.Objects, "lake", path);

    private Task<ObjectInfo> Put(string key, string text) =>
        Store.PutAsync(Key(key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    private async Task<string> Text(string key)
    {
        await using var content = await Store.OpenAsync(Key(key), null, None);
        return await new StreamReader(content!.Body).ReadToEndAsync();
    }
}
