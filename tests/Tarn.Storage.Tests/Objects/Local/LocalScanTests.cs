using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Scanning;

namespace Tarn.Storage.Tests.Objects.Local;

/// <summary>Files that somebody placed, removed or changed by hand.</summary>
public sealed class LocalScanTests : IAsyncLifetime
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

    [Theory]
    [InlineData("plain.csv")]
    [InlineData("deep/er/x.json")]
    [InlineData("/lead//../x")]
    [InlineData("100%~e")]
    [InlineData("%~tricky")]
    [InlineData("ends/")]
    public async Task Scan_FileOfAKey_BecomesThatObject(string key)
    {
        await Place(KeyPath.Plain(key), "by hand");
        var (summary, findings) = await ScanAsync();
        Assert.Equal(new ScanSummary(Objects: 1, Adopted: 1, Left: 0, Damaged: 0), summary);
        Assert.Equal(new ScanFinding(ScanFindingKind.Adopted, key, KeyPath.Plain(key), ""), Assert.Single(findings));
        var listed = Assert.Single((await Store.ListAsync("lake", new ObjectListing(), None)).Objects);
        Assert.Equal((key, 7L), (listed.Key.Key, listed.Size));
        await Lake.ReopenAsync();
        Assert.Equal("by hand", await Text(key));
        Assert.Equal(listed.ETag, (await Put("other", "by hand")).ETag);
        Assert.Empty((await ScanAsync()).Findings);
        await Store.DeleteAsync(new ObjectKey("lake", key), None);
        Assert.False(File.Exists(FileOf(KeyPath.Plain(key))));
    }

    [Fact]
    public async Task Scan_LongKeyInHex_IsAdoptedWhereItLies()
    {
        var key = new string('x', 300) + "/y";
        await Place(KeyPath.Plain(key), "long");
        Assert.Equal(key, Assert.Single((await ScanAsync()).Findings).Key);
        Assert.Equal("long", await Text(key));
    }

    [Fact]
    public async Task Scan_Links_AreLeftAndNotFollowed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(Lake.Path, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "x");
        Directory.CreateSymbolicLink(FileOf("folder"), outside);
        File.CreateSymbolicLink(FileOf("file"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(FileOf("nowhere"), Path.Combine(outside, "absent"));
        var (summary, findings) = await ScanAsync();
        Assert.Equal(new ScanSummary(Objects: 0, Adopted: 0, Left: 3, Damaged: 0), summary);
        Assert.Equal(["file", "folder", "nowhere"], findings.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.Equal("it is a link", finding.Detail));
    }

    [Fact]
    public async Task Scan_NamesThatAreNoKeyOrAnotherPathOfOne_AreLeft()
    {
        await Put("k", "object");
        await Place("%~zno", "x");
        await Place("%~fk", "second file for k");
        await Place(string.Join('/', Enumerable.Repeat(new string('d', 200), 6)), "x");
        var (summary, findings) = await ScanAsync();
        Assert.Equal(new ScanSummary(Objects: 1, Adopted: 0, Left: 3, Damaged: 0), summary);
        Assert.Contains(findings, f => f is { Path: "%~zno", Key: null });
        Assert.Contains(findings, f => f.Path == "%~fk" && f.Detail == "the object of that key lies at k");
        Assert.Contains(findings, f => f.Detail.Contains("1024", StringComparison.Ordinal));
        Assert.Equal("object", await Text("k"));
    }

    [Fact]
    public async Task Scan_ObjectsWhoseFileIsGoneOrCut_AreReportedAndStay()
    {
        await Put("gone", "123");
        await Put("cut", "123");
        await Put("fine", "123");
        File.Delete(FileOf("gone"));
        await File.WriteAllTextAsync(FileOf("cut"), "12");
        var (summary, findings) = await ScanAsync();
        Assert.Equal(new ScanSummary(Objects: 3, Adopted: 0, Left: 0, Damaged: 2), summary);
        Assert.Equal(
            [(ScanFindingKind.LengthDiffers, "cut"), (ScanFindingKind.FileMissing, "gone")],
            findings.Select(f => (f.Kind, f.Key!)));
        Assert.Equal(3, (await Store.ListAsync("lake", new ObjectListing(), None)).Objects.Count);
    }

    [Fact]
    public async Task Scan_DeleteNotSettled_DoesNotBringTheObjectBack()
    {
        await Lake.StopSettlingAsync();
        await Put("k", "deleted");
        await Store.DeleteAsync(new ObjectKey("lake", "k"), None);
        await Place("k", "deleted");
        Assert.Equal(ScanFindingKind.Left, Assert.Single((await ScanAsync()).Findings).Kind);
        Assert.Null(await Store.FindAsync(new ObjectKey("lake", "k"), None));
    }

    [Fact]
    public async Task Scan_WhileObjectsComeAndGo_FindsNothing()
    {
        var churn = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 25; round++)
            {
                await Put($"d{i}/k{round % 3}", new string('x', round));
                await Store.DeleteAsync(new ObjectKey("lake", $"d{i}/k{(round + 1) % 3}"), None);
            }
        })).ToList();
        var findings = new List<ScanFinding>();
        while (!churn.TrueForAll(task => task.IsCompleted))
        {
            findings.AddRange((await ScanAsync()).Findings);
        }

        await Task.WhenAll(churn);
        Assert.Empty(findings);
        Assert.Equal(0, (await ScanAsync()).Summary.Damaged);
    }

    [Fact]
    public async Task Scan_StoppedAtEachStep_IsAnObjectFromTheCommitOn()
    {
        await Place("a/k", "by hand");
        var stops = new Dictionary<PutStep, Snapshot>();
        Lake.Reached = step => stops.Add(step, new Snapshot(Lake.Path));
        await ScanAsync();
        Lake.Reached = _ => { };
        Assert.Equal([PutStep.AdoptionRead, PutStep.Adopted], stops.Keys);
        await using (var storage = await LocalStorage.OpenAsync(
            stops[PutStep.AdoptionRead].Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
            partBytesMin: 1))
        {
            Assert.Empty((await storage.Objects.ListAsync("lake", new ObjectListing(), None)).Objects);
            Assert.Equal(1, (await storage.Scan.ScanAsync("lake", _ => Task.CompletedTask, None)).Adopted);
        }

        foreach (var stop in stops.Values)
        {
            await stop.AssertHoldsAsync(("a/k", "by hand"));
            stop.Dispose();
        }
    }

    [Fact]
    public async Task Scan_BucketMissing_NoSuchBucket()
    {
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => Lake.Storage.Scan.ScanAsync("missing", _ => Task.CompletedTask, None));
        Assert.Equal("NoSuchBucket", failure.Code);
        await Store.CreateBucketAsync("empty", None);
        Directory.Delete(Path.Combine(Lake.Objects, "empty"));
        Assert.Equal(
            new ScanSummary(0, 0, 0, 0),
            await Lake.Storage.Scan.ScanAsync("empty", _ => Task.CompletedTask, None));
    }

    private string FileOf(string path) => Path.Combine(Lake.Objects, "lake", path);

    private async Task Place(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(path))!);
        await File.WriteAllTextAsync(FileOf(path), text);
    }

    private async Task<(ScanSummary Summary, List<ScanFinding> Findings)> ScanAsync()
    {
        var findings = new List<ScanFinding>();
        return (await Lake.Storage.Scan.ScanAsync("lake", Add, None), findings);

        Task Add(ScanFinding finding)
        {
            findings.Add(finding);
            return Task.CompletedTask;
        }
    }

    private Task<ObjectInfo> Put(string key, string text) => Store.PutAsync(
        new ObjectKey("lake", key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    private async Task<string> Text(string key)
    {
        await using var content = await Store.OpenAsync(new ObjectKey("lake", key), null, None);
        return await new StreamReader(content!.Body).ReadToEndAsync();
    }
}
