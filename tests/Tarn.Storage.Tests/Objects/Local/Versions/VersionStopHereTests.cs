using System.Text;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Tests.Objects.Local.Versions;

/// <summary>
/// kill -9 at each step of what changes versions: all of them whole, before or after, nothing else there.
/// </summary>
public sealed class VersionStopHereTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ObjectKey Key = new("lake", "t/k");

    private readonly List<Snapshot> _snapshots = [];
    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalVersions Versions => Lake.Storage.Versions;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Lake.Storage.Objects.CreateBucketAsync("lake", None);
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
    }

    public async Task DisposeAsync()
    {
        _snapshots.ForEach(snapshot => snapshot.Dispose());
        await Lake.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_OverAnother_StoppedAtEachStep_KeepsTheOldOne(bool isSettled)
    {
        await BeginAsync(isSettled, "old and longer");
        await AssertStopsAsync(
            () => PutAsync("new"), ["old and longer"], ["new", "old and longer"],
            [PutStep.Staged, PutStep.VersionLinked], [PutStep.Committed, PutStep.VersionPlaced, PutStep.Placed]);
    }

    [Fact]
    public async Task Put_OverAMarker_StoppedAtEachStep_IsOnTopOfIt()
    {
        await BeginAsync(isSettled: true, "old", null);
        await AssertStopsAsync(
            () => PutAsync("new"), [null, "old"], ["new", null, "old"],
            [PutStep.Staged], [PutStep.Committed, PutStep.Placed]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_Suspended_StoppedAtEachStep_ReplacesTheNullVersionBelow(bool isSettled)
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Suspended, None);
        await PutAsync("null");
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        await BeginAsync(isSettled, "kept");
        await Versions.SetVersioningAsync("lake", BucketVersioning.Suspended, None);
        await AssertStopsAsync(
            () => PutAsync("new"), ["kept", "null"], ["new", "kept"],
            [PutStep.Staged, PutStep.VersionLinked], [PutStep.Committed, PutStep.VersionPlaced, PutStep.Placed]);
        await AssertStopsAsync(
            () => PutAsync("newer"), ["new", "kept"], ["newer", "kept"],
            [PutStep.Staged], [PutStep.Committed, PutStep.Placed]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_StoppedAtEachStep_HidesBehindAMarker(bool isSettled)
    {
        await BeginAsync(isSettled, "old", "newer");
        await AssertStopsAsync(
            () => Lake.Storage.Objects.DeleteAsync(Key, None), ["newer", "old"], [null, "newer", "old"],
            [PutStep.VersionLinked], [PutStep.DeleteCommitted, PutStep.VersionPlaced, PutStep.FileRemoved]);
    }

    [Fact]
    public async Task Delete_Suspended_StoppedAtEachStep_LeavesANullMarker()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Suspended, None);
        await BeginAsync(isSettled: true, "null");
        await AssertStopsAsync(
            () => Versions.DeleteAsync(Key, null, None), ["null"], [null],
            [], [PutStep.DeleteCommitted, PutStep.FileRemoved]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteVersion_Current_StoppedAtEachStep_RestoresTheOneBelow(bool isSettled)
    {
        await BeginAsync(isSettled, "oldest", "old", "new");
        await AssertStopsAsync(
            () => DeleteVersionAsync(0), ["new", "old", "oldest"], ["old", "oldest"], [PutStep.VersionLinked],
            [PutStep.VersionDeleteCommitted, PutStep.VersionRestored, PutStep.VersionRemoved]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteVersion_Marker_StoppedAtEachStep_RestoresTheOneBelow(bool isSettled)
    {
        await BeginAsync(isSettled, "oldest", "old", null);
        await AssertStopsAsync(
            () => DeleteVersionAsync(0), [null, "old", "oldest"], ["old", "oldest"], [PutStep.VersionLinked],
            [PutStep.VersionDeleteCommitted, PutStep.VersionRestored, PutStep.VersionRemoved]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteVersion_Earlier_StoppedAtEachStep_ChangesNoOther(bool isSettled)
    {
        await BeginAsync(isSettled, "oldest", "old", "new");
        await AssertStopsAsync(
            () => DeleteVersionAsync(1), ["new", "old", "oldest"], ["new", "oldest"], [],
            [PutStep.VersionDeleteCommitted, PutStep.VersionRemoved]);
    }

    [Fact]
    public async Task DeleteVersion_TheOnlyOne_StoppedAtEachStep_LeavesNothing()
    {
        await BeginAsync(isSettled: true, "only");
        await AssertStopsAsync(
            () => DeleteVersionAsync(0), ["only"], [], [], [PutStep.VersionDeleteCommitted, PutStep.FileRemoved]);
    }

    [Fact]
    public async Task Put_ManyTimesThenStopped_AllVersionsAreThere()
    {
        await Lake.StopSettlingAsync();
        var texts = Enumerable.Range(0, 20).Select(i => $"text {i}").ToList();
        foreach (var text in texts)
        {
            await PutAsync(text);
        }

        using var snapshot = new Snapshot(Lake.Path);
        await snapshot.AssertVersionsAsync("t/k", [.. texts.AsEnumerable().Reverse()]);
    }

    /// <summary>These versions, oldest first (null: a delete).</summary>
    private async Task BeginAsync(bool isSettled, params string?[] texts)
    {
        await Lake.StopSettlingAsync();
        foreach (var text in texts)
        {
            _ = text is null ? (object)await Versions.DeleteAsync(Key, null, None) : await PutAsync(text);
        }

        if (isSettled)
        {
            await Lake.ReopenAsync();
        }
    }

    /// <summary>Runs the call; every step it passes leaves the one or the other after a start.</summary>
    private async Task AssertStopsAsync(
        Func<Task> call, string?[] before, string?[] after, PutStep[] stepsBefore, PutStep[] stepsAfter)
    {
        var stops = new List<(PutStep Step, Snapshot Snapshot)>();
        Lake.Reached = step => stops.Add((step, new Snapshot(Lake.Path)));
        await call();
        Lake.Reached = _ => { };
        _snapshots.AddRange(stops.Select(stop => stop.Snapshot));
        Assert.Equal([.. stepsBefore, .. stepsAfter], stops.Select(stop => stop.Step));
        foreach (var (step, snapshot) in stops)
        {
            await snapshot.AssertVersionsAsync("t/k", stepsBefore.Contains(step) ? before : after);
        }
    }

    private Task<ObjectInfo> PutAsync(string text) => Lake.Storage.Objects.PutAsync(
        Key, new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    /// <summary>Of the version at this place, newest first.</summary>
    private async Task DeleteVersionAsync(int index)
    {
        var page = await Versions.ListAsync("lake", new ObjectListing(), null, None);
        await Versions.DeleteAsync(Key, page.Versions[index].VersionId, None);
    }
}
