using System.Text;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Local;

/// <summary>
/// kill -9 at each step of a put and a delete. A power cut that forgets a rename or a removal leaves what the step
/// before left, so the same states cover it.
/// </summary>
public sealed class StopHereTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<Snapshot> _snapshots = [];
    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalObjectStore Store => Lake.Storage.Objects;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Store.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync()
    {
        _snapshots.ForEach(snapshot => snapshot.Dispose());
        await Lake.DisposeAsync();
    }

    [Fact]
    public async Task Put_StoppedAtEachStep_IsThereFromTheCommitOn()
    {
        var stops = await StopsDuring(() => Put("t/k", "new"));
        await stops[PutStep.Staged].AssertHoldsAsync();
        await stops[PutStep.Committed].AssertHoldsAsync(("t/k", "new"));
        await stops[PutStep.Placed].AssertHoldsAsync(("t/k", "new"));
        Assert.Equal(3, stops.Count);
    }

    [Fact]
    public async Task Put_OverAnother_StoppedAtEachStep_IsWholeOldOrWholeNew()
    {
        await Put("k", "old and longer");
        await Lake.ReopenAsync();
        var stops = await StopsDuring(() => Put("k", "new"));
        await stops[PutStep.Staged].AssertHoldsAsync(("k", "old and longer"));
        await stops[PutStep.Committed].AssertHoldsAsync(("k", "new"));
        await stops[PutStep.Placed].AssertHoldsAsync(("k", "new"));
        Assert.Equal(3, stops.Count);
    }

    [Fact]
    public async Task Put_OverOneNotYetSettled_StoppedAtEachStep_IsWholeOldOrWholeNew()
    {
        await Lake.StopSettlingAsync();
        await Put("k", "old");
        var stops = await StopsDuring(() => Put("k", "new!"));
        await stops[PutStep.Staged].AssertHoldsAsync(("k", "old"));
        await stops[PutStep.Committed].AssertHoldsAsync(("k", "new!"));
        await stops[PutStep.Placed].AssertHoldsAsync(("k", "new!"));
        Assert.Equal(3, stops.Count);
    }

    [Theory]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public async Task Put_NextToAConflictingKey_StoppedAtEachStep_KeepsBoth(string first, string second)
    {
        await Put(first, "first");
        await Lake.ReopenAsync();
        var stops = await StopsDuring(() => Put(second, "second"));
        await stops[PutStep.Staged].AssertHoldsAsync((first, "first"));
        await stops[PutStep.Committed].AssertHoldsAsync((first, "first"), (second, "second"));
        await stops[PutStep.Placed].AssertHoldsAsync((first, "first"), (second, "second"));
        Assert.Equal(3, stops.Count);
    }

    [Fact]
    public async Task PutFile_StoppedAtEachStep_IsThereFromTheCommitOn()
    {
        var staged = Path.Combine(Store.StagingDirectory, "made-elsewhere");
        await File.WriteAllTextAsync(staged, "rows");
        var stops = await StopsDuring(
            () => Store.PutFileAsync(new ObjectKey("lake", "p"), staged, ObjectAttributes.None, None));
        await stops[PutStep.Staged].AssertHoldsAsync();
        await stops[PutStep.Committed].AssertHoldsAsync(("p", "rows"));
        await stops[PutStep.Placed].AssertHoldsAsync(("p", "rows"));
        Assert.Equal(3, stops.Count);
    }

    [Theory]
    [InlineData("from")]
    [InlineData("to")]
    public async Task Copy_StoppedAtEachStep_IsWholeOldOrWholeNew(string target)
    {
        await Put("from", "source");
        await Put("to", "old and longer");
        await Lake.ReopenAsync();
        var stops = await StopsDuring(
            () => Store.CopyAsync(new("lake", "from"), _ => { }, new("lake", target), null, None));
        (string, string)[] after = [("from", "source"), ("to", target == "to" ? "source" : "old and longer")];
        await stops[PutStep.Staged].AssertHoldsAsync(("from", "source"), ("to", "old and longer"));
        await stops[PutStep.Committed].AssertHoldsAsync(after);
        await stops[PutStep.Placed].AssertHoldsAsync(after);
        Assert.Equal(3, stops.Count);
    }

    [Fact]
    public async Task Delete_StoppedAtEachStep_IsGoneFromTheCommitOn()
    {
        await Put("t/k", "old");
        await Put("t/other", "stays");
        await Lake.ReopenAsync();
        var stops = await StopsDuring(() => Store.DeleteAsync(new ObjectKey("lake", "t/k"), None));
        await stops[PutStep.DeleteCommitted].AssertHoldsAsync(("t/other", "stays"));
        await stops[PutStep.FileRemoved].AssertHoldsAsync(("t/other", "stays"));
        Assert.Equal(2, stops.Count);
    }

    [Fact]
    public async Task DeleteThenPutAgain_StoppedAtEachStep_NeverLosesTheNewFile()
    {
        await Lake.StopSettlingAsync();
        await Put("k", "old");
        await Store.DeleteAsync(new ObjectKey("lake", "k"), None);
        var stops = await StopsDuring(() => Put("k", "new"));
        await stops[PutStep.Staged].AssertHoldsAsync();
        await stops[PutStep.Committed].AssertHoldsAsync(("k", "new"));
        await stops[PutStep.Placed].AssertHoldsAsync(("k", "new"));
        Assert.Equal(3, stops.Count);
    }

    [Theory]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public async Task DeleteThenPutAConflictingKey_StoppedAtEachStep_KeepsTheNewOne(string deleted, string put)
    {
        await Lake.StopSettlingAsync();
        await Put(deleted, "old");
        await Store.DeleteAsync(new ObjectKey("lake", deleted), None);
        var stops = await StopsDuring(() => Put(put, "new"));
        await stops[PutStep.Staged].AssertHoldsAsync();
        await stops[PutStep.Committed].AssertHoldsAsync((put, "new"));
        await stops[PutStep.Placed].AssertHoldsAsync((put, "new"));
        Assert.Equal(3, stops.Count);
    }

    [Fact]
    public async Task Staging_TornFilesAndFolders_AreEmptiedAtStart()
    {
        await Put("k", "v");
        await Lake.CloseAsync();
        var staging = Path.Combine(Lake.Path, "staging");
        await File.WriteAllTextAsync(Path.Combine(staging, "0123456789abcdef0123456789abcdef"), "tor");
        Directory.CreateDirectory(Path.Combine(staging, "job"));
        await File.WriteAllTextAsync(Path.Combine(staging, "job", "part"), "x");
        using var snapshot = new Snapshot(Lake.Path);
        await snapshot.AssertHoldsAsync(("k", "v"));
    }

    [Fact]
    public async Task Put_AcknowledgedManyAtOnceThenStopped_AllAreThere()
    {
        await Lake.StopSettlingAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Put($"d{i % 5}/k{i}", $"text {i}")));
        using var snapshot = new Snapshot(Lake.Path);
        await snapshot.AssertHoldsAsync([.. Enumerable.Range(0, 50).Select(i => ($"d{i % 5}/k{i}", $"text {i}"))]);
    }

    /// <summary>Runs the call and takes a snapshot at every step it passes.</summary>
    private async Task<Dictionary<PutStep, Snapshot>> StopsDuring(Func<Task> call)
    {
        var stops = new Dictionary<PutStep, Snapshot>();
        Lake.Reached = step => stops.Add(step, new Snapshot(Lake.Path));
        await call();
        Lake.Reached = _ => { };
        _snapshots.AddRange(stops.Values);
        return stops;
    }

    private Task<ObjectInfo> Put(string key, string text) => Store.PutAsync(
        new ObjectKey("lake", key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);
}
