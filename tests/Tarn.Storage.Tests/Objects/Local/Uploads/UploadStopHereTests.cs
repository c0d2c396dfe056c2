using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Tests.Objects.Local.Uploads;

/// <summary>
/// kill -9 at each step of an upload in parts: it is under way, or it is an object, never both or neither.
/// </summary>
public sealed class UploadStopHereTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ObjectKey Key = new("lake", "t/k");

    private readonly List<Snapshot> _snapshots = [];
    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalUploads Uploads => Lake.Storage.Uploads;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        Lake.PartBytesMin = 1;
        await Lake.ReopenAsync();
        await Lake.Storage.Objects.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync()
    {
        _snapshots.ForEach(snapshot => snapshot.Dispose());
        await Lake.DisposeAsync();
    }

    [Fact]
    public async Task Create_StoppedAtEachStep_IsThereFromTheCommitOn()
    {
        var stops = await StopsDuring(Create);
        await stops[PutStep.UploadFolderMade].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.UploadFolderMade]);
        await stops[PutStep.UploadCommitted].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.UploadCommitted], "");
        Assert.Equal(2, stops.Count);
    }

    [Fact]
    public async Task PutPart_StoppedAtEachStep_IsThereFromTheCommitOn()
    {
        var id = await Create();
        var stops = await StopsDuring(() => PutPart(id, 1, "one"));
        await stops[PutStep.PartStaged].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.PartStaged], "");
        await stops[PutStep.PartCommitted].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.PartCommitted], "1:3");
        Assert.Equal(2, stops.Count);
    }

    [Fact]
    public async Task PutPart_OverAnother_StoppedAtEachStep_IsOldOrNewWithOneFile()
    {
        var id = await Create();
        await PutPart(id, 1, "old one");
        var stops = await StopsDuring(() => PutPart(id, 1, "new"));
        await stops[PutStep.PartStaged].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.PartStaged], "1:7");
        await stops[PutStep.PartCommitted].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.PartCommitted], "1:3");
        Assert.Equal(2, stops.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_StoppedAtEachStepThenRepeated_IsOneObject(bool isOverAnother)
    {
        (string, string)[] before = isOverAnother ? [("t/k", "an older one")] : [];
        if (isOverAnother)
        {
            await Lake.Storage.Objects.PutAsync(Key, Body("an older one"), ObjectAttributes.None, None);
        }

        var id = await Create();
        List<UploadedPart> parts = [await PutPart(id, 1, "one,"), await PutPart(id, 2, "two")];
        var stops = await StopsDuring(() => Complete(Uploads, id, parts));
        await stops[PutStep.Staged].AssertHoldsAsync(before);
        await AssertUploads(stops[PutStep.Staged], "1:4 2:3");
        foreach (var step in (PutStep[])[PutStep.Committed, PutStep.Placed, PutStep.PartsRemoved])
        {
            await stops[step].AssertHoldsAsync(("t/k", "one,two"));
            await AssertUploads(stops[step]);
        }

        foreach (var stop in stops.Values)
        {
            await using (var storage = await OpenAsync(stop))
            {
                Assert.Equal(2, (await Complete(storage.Uploads, id, parts)).Parts.Count);
            }

            await stop.AssertHoldsAsync(("t/k", "one,two"));
            await AssertUploads(stop);
        }

        Assert.Equal(4, stops.Count);
    }

    [Fact]
    public async Task Abort_StoppedAtEachStep_IsGoneFromTheCommitOn()
    {
        var id = await Create();
        await PutPart(id, 1, "one");
        var stops = await StopsDuring(() => Uploads.AbortAsync(Key, id, None));
        await stops[PutStep.UploadForgotten].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.UploadForgotten]);
        await stops[PutStep.PartsRemoved].AssertHoldsAsync();
        await AssertUploads(stops[PutStep.PartsRemoved]);
        Assert.Equal(2, stops.Count);
    }

    [Fact]
    public async Task DeleteBucket_StoppedBeforeThePartsAreRemoved_LeavesNoFile()
    {
        var id = await Create();
        await PutPart(id, 1, "one");
        var stops = await StopsDuring(() => Lake.Storage.Objects.DeleteBucketAsync("lake", None));
        var stop = Assert.Single(stops).Value;
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(Path.Combine(stop.Path, "uploads")));
        await using (await OpenAsync(stop))
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(stop.Path, "uploads")));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Lake.Path, "uploads")));
    }

    [Fact]
    public async Task Start_StrayFilesAndLinksInUploads_AreRemoved()
    {
        var id = await Create();
        await PutPart(id, 1, "one");
        await Lake.CloseAsync();
        var uploads = Path.Combine(Lake.Path, "uploads");
        var outside = Directory.CreateDirectory(Path.Combine(Lake.Path, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "keep"), "x");
        Directory.CreateSymbolicLink(Path.Combine(uploads, "link"), outside);
        await File.WriteAllTextAsync(Path.Combine(uploads, "stray"), "x");
        await File.WriteAllTextAsync(Path.Combine(uploads, id, "1-0123456789abcdef0123456789abcdef"), "tor");
        Directory.CreateDirectory(Path.Combine(uploads, id, "folder"));
        await Lake.ReopenAsync();
        Assert.Equal([id], Directory.EnumerateFileSystemEntries(uploads).Select(Path.GetFileName));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(uploads, id)));
        Assert.True(File.Exists(Path.Combine(outside, "keep")));
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

    /// <summary>Each upload's parts as "number:size", separated by a space.</summary>
    private static async Task AssertUploads(Snapshot stop, params string[] expected)
    {
        await using var storage = await OpenAsync(stop);
        var found = new List<string>();
        foreach (var upload in (await storage.Uploads.ListAsync("lake", new(), null, None)).Uploads)
        {
            var parts = await storage.Uploads.ListPartsAsync(upload.Key, upload.UploadId, 0, 1000, None);
            found.Add(string.Join(' ', parts.Select(part => $"{part.Number}:{part.Size}")));
        }

        Assert.Equal(expected, found);
    }

    private static Task<LocalStorage> OpenAsync(Snapshot stop) => LocalStorage.OpenAsync(
        stop.Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { }, partBytesMin: 1);

    private async Task<string> Create() =>
        (await Uploads.CreateAsync(Key, ObjectAttributes.None, checksum: null, None)).UploadId;

    private Task<UploadedPart> PutPart(string id, int number, string text) =>
        Uploads.PutPartAsync(Key, id, number, Body(text), ObjectAttributes.None, None);

    private static Task<ObjectInfo> Complete(LocalUploads uploads, string id, List<UploadedPart> parts) =>
        uploads.CompleteAsync(
            Key, id, [.. parts.Select(part => new CompletedPart(part.Number, part.ETag, null))], null, null, None);

    private static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));
}
