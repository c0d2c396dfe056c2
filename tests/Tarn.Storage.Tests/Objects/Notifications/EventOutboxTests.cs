using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Tests.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Notifications;

public sealed class EventOutboxTests : IAsyncLifetime
{
    private const string Stream = "arrivals";

    private static readonly CancellationToken None = CancellationToken.None;

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalObjectStore Store => Lake.Storage.Objects;

    private IEventOutbox Outbox => Lake.Storage.Outbox;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        Lake.PartBytesMin = 1;
        await Lake.StopSettlingAsync();
        await Store.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task EveryChange_IsToldOnceInOrder()
    {
        await Tell(Rule("all", [.. ObjectEventNames.Patterns.Where(pattern => pattern.EndsWith('*'))]));

        var put = await Put("a", "12345");
        await Store.PutAsync(Key("form"), Body("x"), new ObjectAttributes { IsForm = true }, None);
        await Store.CopyAsync(Key("a"), _ => { }, Key("copy"), null, None);
        var joined = await Join("parts");
        await Store.SetTagsAsync(Key("a"), new Dictionary<string, string> { ["k"] = "v" }, None);
        await Store.SetTagsAsync(Key("a"), new Dictionary<string, string>(), None);
        await Store.DeleteAsync(Key("a"), None);
        await Store.DeleteAsync(Key("a"), None);

        var events = Outbox.Read(Stream, 100);
        Assert.Equal(
            [
                "ObjectCreated:Put a", "ObjectCreated:Post form", "ObjectCreated:Copy copy",
                "ObjectCreated:CompleteMultipartUpload parts", "ObjectTagging:Put a", "ObjectTagging:Delete a",
                "ObjectRemoved:Delete a",
            ],
            events.Select(e => $"{ObjectEventNames.Of(e.What)} {e.Key.Key}"));
        Assert.Equal((5L, put.ETag, "all", put.LastModified), (
            events[0].Size!.Value, events[0].ETag, events[0].Rule, events[0].Time));
        Assert.Equal(joined.ETag, events[3].ETag);
        Assert.Null(events[^1].Size);
        Assert.Null(events[^1].ETag);
        Assert.Equal(events.Select(e => e.Id).Order(), events.Select(e => e.Id));
    }

    [Fact]
    public async Task Rules_SayWhichEventsOfWhichKeys()
    {
        await Put("before", "x");
        await Tell(
            Rule("json", ["s3:ObjectCreated:Put"]) with { Prefix = "raw/", Suffix = ".json" },
            Rule("gone", ["s3:ObjectRemoved:*"]) with { Stream = "removals" });

        await Put("raw/a.json", "x");
        await Put("raw/a.csv", "x");
        await Put("other/a.json", "x");
        await Store.CopyAsync(Key("raw/a.json"), _ => { }, Key("raw/b.json"), null, None);
        await Store.DeleteAsync(Key("raw/a.csv"), None);

        Assert.Equal(["raw/a.json"], Outbox.Read(Stream, 100).Select(e => e.Key.Key));
        Assert.Equal(["raw/a.csv"], Outbox.Read("removals", 100).Select(e => e.Key.Key));
        Assert.Equal(
            [(Stream, 1L), ("removals", 1L)], Outbox.ListWaiting().Select(waiting => (waiting.Stream, waiting.Count)));

        await Lake.Storage.Notifications.SetAsync("lake", null, None);
        await Put("raw/c.json", "x");
        Assert.Single(Outbox.Read(Stream, 100));
    }

    [Fact]
    public async Task Put_StoppedAtEachStep_IsToldFromTheCommitOn()
    {
        await Tell(Rule("all", ["s3:ObjectCreated:*"]));
        await Put("first", "x");
        await Lake.ReopenAsync();

        var told = new Dictionary<PutStep, IReadOnlyList<string>>();
        var snapshots = new Dictionary<PutStep, Snapshot>();
        Lake.Reached = step => snapshots.Add(step, new Snapshot(Lake.Path));
        await Put("second", "new");
        Lake.Reached = _ => { };
        foreach (var (step, snapshot) in snapshots)
        {
            using (snapshot)
            {
                await using var storage = await LocalStorage.OpenAsync(
                    snapshot.Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { }, 1);
                told[step] = [.. storage.Outbox.Read(Stream, 100).Select(e => e.Key.Key)];
            }
        }

        Assert.Equal(["first"], told[PutStep.Staged]);
        Assert.Equal(["first", "second"], told[PutStep.Committed]);
        Assert.Equal(["first", "second"], told[PutStep.Placed]);
    }

    [Fact]
    public async Task Put_ThatIsRefused_TellsNothing()
    {
        await Put("taken", "x");
        await Tell(Rule("all", ["s3:ObjectCreated:*"]));

        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync(
            Key("taken"), Body("y"),
            new ObjectAttributes { Condition = new PutCondition(IfMatch: null, IfAbsent: true) }, None));

        Assert.Empty(Outbox.ListWaiting());
    }

    [Fact]
    public async Task Remove_ForgetsThoseOnly_AndNumbersAreNeverUsedAgain()
    {
        await Tell(Rule("all", ["s3:ObjectCreated:*"]));
        await Put("a", "x");
        await Put("b", "x");
        var before = Outbox.Read(Stream, 100);

        await Outbox.RemoveAsync([before[0].Id]);
        Assert.Equal(["b"], Outbox.Read(Stream, 100).Select(e => e.Key.Key));

        await Outbox.ClearAsync();
        await Lake.ReopenAsync();
        await Put("c", "x");
        Assert.True(Assert.Single(Outbox.Read(Stream, 100)).Id > before[1].Id);
    }

    [Fact]
    public async Task Wait_AfterAPut_SeesItsEvent()
    {
        await Tell(Rule("all", ["s3:ObjectCreated:*"]));
        var waiting = Outbox.WaitAsync(None);
        Assert.False(waiting.IsCompleted);

        var put = Put("a", "x");
        await waiting;

        Assert.Single(Outbox.Read(Stream, 100));
        await put;
    }

    [Fact]
    public async Task DeleteBucket_KeepsWhatWaits()
    {
        await Tell(Rule("all", ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]));
        await Put("a", "x");
        await Store.DeleteAsync(Key("a"), None);
        await Store.DeleteBucketAsync("lake", None);

        Assert.Equal(2, Outbox.Read(Stream, 100).Count);
        Assert.Null(Lake.Storage.Notifications.Find("lake"));
    }

    private static NotificationRule Rule(string id, IReadOnlyList<string> events) =>
        new(id, Stream, events, Prefix: null, Suffix: null);

    private static ObjectKey Key(string key) => new("lake", key);

    private static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task Tell(params NotificationRule[] rules) =>
        Lake.Storage.Notifications.SetAsync("lake", new NotificationConfiguration(rules), None);

    private Task<ObjectInfo> Put(string key, string text) =>
        Store.PutAsync(Key(key), Body(text), ObjectAttributes.None, None);

    private async Task<ObjectInfo> Join(string key)
    {
        var uploads = Lake.Storage.Uploads;
        var upload = await uploads.CreateAsync(Key(key), ObjectAttributes.None, null, None);
        var part = await uploads.PutPartAsync(
            upload.Key, upload.UploadId, 1, Body("part"), ObjectAttributes.None, None);
        return await uploads.CompleteAsync(
            upload.Key, upload.UploadId, [new CompletedPart(1, part.ETag, null)], null, null, None);
    }
}
