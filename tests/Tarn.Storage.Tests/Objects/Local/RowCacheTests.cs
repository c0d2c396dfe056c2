using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Local;

/// <summary>Rows that are remembered are never older than the table.</summary>
public sealed class RowCacheTests : IAsyncLifetime
{
    private const int Puts = 60;
    private const int Readers = 4;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ObjectKey Key = new("lake", "k");

    private TestLake? _opened;

    private LocalObjectStore Store => _opened!.Storage.Objects;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Store.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await _opened!.DisposeAsync();

    [Fact]
    public async Task Find_AfterEachChange_TellsIt()
    {
        await PutAsync(3);
        Assert.Equal(3, (await Store.FindAsync(Key, None))!.Size);
        Assert.Equal(3, (await Store.FindAsync(Key, None))!.Size);
        await PutAsync(4);
        Assert.Equal(4, (await Store.FindAsync(Key, None))!.Size);
        await Store.SetTagsAsync(Key, new Dictionary<string, string> { ["a"] = "b" }, None);
        Assert.Equal("b", (await Store.FindAsync(Key, None))!.Attributes.Tags["a"]);
        await Store.DeleteAsync(Key, None);
        Assert.Null(await Store.FindAsync(Key, None));
    }

    [Fact]
    public async Task FindAndOpen_WhileItIsReplaced_NeverGoBack()
    {
        await PutAsync(1);
        var acknowledged = 1L;
        var isDone = false;
        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            for (var newest = 1L; !Volatile.Read(ref isDone);)
            {
                newest = Math.Max(newest, Volatile.Read(ref acknowledged));
                var found = (await Store.FindAsync(Key, None))!.Size;
                Assert.True(found >= newest, $"{found} bytes were found after {newest}");
                using var body = new MemoryStream();
                await using var content = (await Store.OpenAsync(Key, range: null, None))!;
                await content.Body.CopyToAsync(body);
                Assert.True(body.Length >= found, $"{body.Length} bytes were read after {found} were found");
                Assert.Equal(content.Info.Size, body.Length);
                newest = body.Length;
            }
        })).ToList();
        for (var size = 2; size <= Puts; size++)
        {
            await PutAsync(size);
            Volatile.Write(ref acknowledged, size);
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public void Find_OtherGenerationOrReadDuringACommit_IsNothing()
    {
        var row = new ObjectRow(Key, 1, "", 0, "", Attributes: null, "k", Guid.Empty, IsPlaced: true);
        var cache = new RowCache();
        cache.Keep(row, generation: 1, generationAfter: 1);
        Assert.Null(cache.Find(Key, 1));
        cache.Keep(row, generation: 2, generationAfter: 4);
        Assert.Null(cache.Find(Key, 2));
        cache.Keep(row, generation: 4, generationAfter: 4);
        Assert.Same(row, cache.Find(Key, 4));
        Assert.Null(cache.Find(Key, 6));
        Assert.Null(cache.Find(new ObjectKey("lake", "other"), 4));
    }

    private Task<ObjectInfo> PutAsync(int size) =>
        Store.PutAsync(Key, new MemoryStream(new byte[size]), new ObjectAttributes(), None);
}
