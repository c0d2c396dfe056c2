using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Remote;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class ObjectCacheTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private int _fetches;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lease_TwiceAndAfterAStart_IsFetchedOnce()
    {
        using (var first = await LeaseAsync(Open(), "k", "1", 10))
        {
            Assert.Equal(10, new FileInfo(first.Path).Length);
        }

        var cache = Open();
        using var second = await LeaseAsync(cache, "k", "1", 10);
        using var third = await LeaseAsync(cache, "k", "1", 10);
        Assert.Equal(second.Path, third.Path);
        Assert.Equal(1, _fetches);
        using var other = await LeaseAsync(cache, "k", "2", 10);
        Assert.NotEqual(second.Path, other.Path);
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task Lease_ManyAtOnce_IsFetchedOnce()
    {
        var cache = Open();
        var files = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LeaseAsync(cache, "k", "1", 10)));
        Assert.Single(files.Select(file => file.Path).Distinct());
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Lease_NoRoom_RemovesTheLongestUnusedThatNobodyReads()
    {
        var cache = Open();
        var held = await LeaseAsync(cache, "held", "1", 40);
        var old = Released(await LeaseAsync(cache, "old", "1", 30));
        var young = Released(await LeaseAsync(cache, "young", "1", 30));
        using var next = await LeaseAsync(cache, "next", "1", 20);
        Assert.Equal((true, false, true), (File.Exists(held.Path), File.Exists(old), File.Exists(young)));
        var failure = await Assert.ThrowsAsync<TarnException>(() => LeaseAsync(cache, "huge", "1", 50));
        Assert.Equal(ErrorKind.LimitExceeded, failure.Kind);
        Assert.Contains("storage_cache_mib", failure.Hint, StringComparison.Ordinal);
        Assert.True(File.Exists(young));
        held.Dispose();
        held.Dispose();
        using var huge = await LeaseAsync(cache, "huge", "1", 50);
        Assert.False(File.Exists(held.Path));
    }

    [Fact]
    public async Task Lease_FetchFailsOrIsShort_IsTriedAgain()
    {
        var cache = Open();
        await Assert.ThrowsAsync<TarnException>(() => cache.LeaseAsync(
            Info("k", "1", 10), _ => throw new TarnException(ErrorKind.Unavailable, "gone"), CancellationToken.None));
        var failure = await Assert.ThrowsAsync<TarnException>(() => cache.LeaseAsync(
            Info("k", "1", 10), target => target.WriteAsync(new byte[9]).AsTask(), CancellationToken.None));
        Assert.Equal(ErrorKind.Damaged, failure.Kind);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
        using var whole = await LeaseAsync(cache, "k", "1", 100);
        Assert.Equal(100, new FileInfo(whole.Path).Length);
    }

    [Fact]
    public async Task Open_AfterAStop_RemovesWhatWasOnItsWayAndKeepsTheRest()
    {
        var path = Released(await LeaseAsync(Open(), "k", "1", 10));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "torn.part"), "x");
        Open();
        Assert.Equal([path], Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task Open_WithLessRoom_KeepsTheLatest()
    {
        var cache = Open();
        var old = Released(await LeaseAsync(cache, "old", "1", 50));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var young = Released(await LeaseAsync(cache, "young", "1", 50));
        _ = new ObjectCache(_folder.Path, 60, _clock);
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    private static string Released(LocalFile file)
    {
        file.Dispose();
        return file.Path;
    }

    private ObjectCache Open() => new(_folder.Path, 100, _clock);

    private Task<LocalFile> LeaseAsync(ObjectCache cache, string key, string etag, int size) => cache.LeaseAsync(
        Info(key, etag, size),
        async target =>
        {
            Interlocked.Increment(ref _fetches);
            await target.WriteAsync(new byte[size]);
        },
        CancellationToken.None);

    private static ObjectInfo Info(string key, string etag, long size) =>
        new(new ObjectKey("lake", key), size, etag, DateTimeOffset.UnixEpoch, ObjectAttributes.None);
}
