using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Tests.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Lifecycle;

/// <summary>The scene's clock begins on 2026-11-23 at 04:00.</summary>
public sealed class LifecycleRunTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly LifecycleFilter Any = new(null, null, null, null);

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalObjectStore Store => Lake.Storage.Objects;

    private LocalVersions Versions => Lake.Storage.Versions;

    private FakeTimeProvider Clock => (FakeTimeProvider)Lake.Clock;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Lake.StopSettlingAsync();
        await Store.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task Objects_ExpireAtTheirMidnightAndNotBefore()
    {
        await Put("a");
        var rule = Rule() with { ExpirationDays = 1 };

        Clock.SetUtcNow(Time("2026-11-24T23:59:59.999Z"));
        Assert.Equal((0, 0, 0), await RunAsync(rule));
        Assert.Equal(["a"], await KeysAsync());

        Clock.SetUtcNow(Time("2026-11-25T00:00:00Z"));
        Assert.Equal((1, 0, 0), await RunAsync(rule));
        Assert.Empty(await KeysAsync());
        Assert.Empty(Directory.EnumerateFiles(Lake.Objects, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Objects_OnlyThoseOfTheRuleExpire()
    {
        foreach (var key in (string[])["raw/a", "raw/b", "kept"])
        {
            await Put(key);
        }

        await Put("raw/large", "0123456789");
        await Store.SetTagsAsync(Key("raw/b"), new Dictionary<string, string> { ["keep"] = "yes" }, None);
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal((1, 0, 0), await RunAsync(Rule() with
        {
            ExpirationDays = 30,
            Filter = new LifecycleFilter("raw/", new Dictionary<string, string> { ["keep"] = "yes" }, null, null),
        }));
        Assert.Equal((1, 0, 0), await RunAsync(Rule() with
        {
            ExpirationDate = Time("2026-12-01T00:00:00Z"), Filter = new LifecycleFilter("raw/", null, 5, null),
        }));
        Assert.Equal((0, 0, 0), await RunAsync(Rule() with { ExpirationDays = 1, IsEnabled = false }));
        Assert.Equal((0, 0, 0), await RunAsync(Rule() with { ExpirationDate = Time("2030-01-01T00:00:00Z") }));
        Assert.Equal(["kept", "raw/a"], await KeysAsync());
    }

    [Fact]
    public async Task Objects_MoreThanAPage_AllExpire()
    {
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(
            i => Put(string.Create(CultureInfo.InvariantCulture, $"old/{i:D4}"))));
        Clock.Advance(TimeSpan.FromDays(3));
        await Put("old/9999");

        Assert.Equal((1100, 0, 0), await RunAsync(
            Rule() with { ExpirationDays = 1, Filter = Any with { Prefix = "old/" } }));
        Assert.Equal(["old/9999"], await KeysAsync());
    }

    [Fact]
    public async Task Object_PutAgainBetweenLookAndDelete_Survives()
    {
        await Put("a", "old");
        await Put("b", "old");
        Clock.Advance(TimeSpan.FromDays(3));
        var racing = new RacingExpiry(
            Lake.Storage.Expiry, async key => await Put(key.Key, "new"), key => key.Key == "a");

        var tally = await RunAsync(racing, Rule() with { ExpirationDays = 1 });

        Assert.Equal((1, 0, 0), tally);
        Assert.Equal(["a"], await KeysAsync());
    }

    [Fact]
    public async Task Uploads_AreEndedAtTheirMidnight_ThoseOfTheRuleOnly()
    {
        await Lake.Storage.Uploads.CreateAsync(Key("raw/a"), ObjectAttributes.None, null, None);
        await Lake.Storage.Uploads.CreateAsync(Key("kept"), ObjectAttributes.None, null, None);
        var rule = Rule() with { AbortUploadsAfterDays = 2, Filter = Any with { Prefix = "raw/" } };

        Clock.SetUtcNow(Time("2026-11-25T23:59:59Z"));
        Assert.Equal((0, 0, 0), await RunAsync(rule));
        Clock.SetUtcNow(Time("2026-11-26T00:00:00Z"));
        Assert.Equal((0, 0, 1), await RunAsync(rule));

        var left = await Lake.Storage.Uploads.ListAsync("lake", new ObjectListing(), null, None);
        Assert.Equal(["kept"], left.Uploads.Select(upload => upload.Key.Key));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(Lake.Path, "uploads")));
    }

    [Fact]
    public async Task Expiry_IsToldAsSuch()
    {
        await Lake.Storage.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration(
                [new("all", "told", ["s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"], null, null)]),
            None);
        await Put("a");
        Clock.Advance(TimeSpan.FromDays(3));
        await RunAsync(Rule() with { ExpirationDays = 1 });

        Assert.Equal(
            ["LifecycleExpiration:Delete"],
            Lake.Storage.Outbox.Read("told", 10).Select(e => ObjectEventNames.Of(e.What)));
    }

    [Fact]
    public async Task VersionedBucket_ExpiryHidesTheObject_AndItsVersionGoesLater()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        await Lake.Storage.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration([new("all", "told", ["s3:LifecycleExpiration:*"], null, null)]),
            None);
        await Put("a", "one");
        var rule = Rule() with { ExpirationDays = 1, NoncurrentDays = 2 };

        Clock.SetUtcNow(Time("2026-11-25T01:00:00Z"));
        Assert.Equal((1, 0, 0), await RunAsync(rule));
        Assert.Empty(await KeysAsync());
        Assert.Equal(["a marker", "a"], await VersionsAsync());
        Assert.Equal((0, 0, 0), await RunAsync(rule));

        // The version is noncurrent since the marker came, and the marker goes when nothing is below it.
        Clock.SetUtcNow(Time("2026-11-28T00:00:00Z"));
        Assert.Equal((0, 2, 0), await RunAsync(rule));
        Assert.Empty(await VersionsAsync());
        Assert.Equal(
            [
                "LifecycleExpiration:DeleteMarkerCreated", "LifecycleExpiration:Delete", "LifecycleExpiration:Delete",
            ],
            Lake.Storage.Outbox.Read("told", 10).Select(e => ObjectEventNames.Of(e.What)));
    }

    [Fact]
    public async Task NoncurrentVersions_TheNewestOfThemStay()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        foreach (var text in (string[])["1", "22", "333", "4444", "55555"])
        {
            await Put("a", text);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal((0, 2, 0), await RunAsync(Rule() with { NoncurrentDays = 5, NewerNoncurrentVersions = 2 }));

        var left = await Versions.ListAsync("lake", new ObjectListing(), null, None);
        Assert.Equal([5, 4, 3], left.Versions.Select(version => version.Info.Size));
        Assert.Equal((0, 0, 0), await RunAsync(Rule() with { NoncurrentDays = 100 }));
    }

    [Fact]
    public async Task NoncurrentVersions_OfARuleThatAlsoEndsUploads_Expire()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        await Put("a", "one");
        await Put("a", "two");
        Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal((0, 1, 0), await RunAsync(Rule() with { NoncurrentDays = 5, AbortUploadsAfterDays = 1 }));

        Assert.Equal(["a"], await VersionsAsync());
    }

    [Fact]
    public async Task NoncurrentVersion_ThatBecomesCurrentMeanwhile_Survives()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        await Put("a", "one");
        var above = await Put("a", "two");
        Clock.Advance(TimeSpan.FromDays(10));
        var racing = new RacingExpiry(
            Lake.Storage.Expiry, key => Versions.DeleteAsync(key, above.VersionId, None), _ => true);

        Assert.Equal((0, 0, 0), await RunAsync(racing, Rule() with { NoncurrentDays = 1 }));

        Assert.Equal(["a"], await KeysAsync());
    }

    [Fact]
    public async Task Markers_WithNothingBelow_AreRemoved_OthersStay()
    {
        await Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        var gone = await Put("gone");
        await Put("hidden");
        await Store.DeleteAsync(Key("gone"), None);
        await Store.DeleteAsync(Key("hidden"), None);
        await Versions.DeleteAsync(Key("gone"), gone.VersionId, None);

        Assert.Equal((0, 0, 0), await RunAsync(Rule() with { ExpiresDeleteMarkers = false }));
        Assert.Equal((0, 1, 0), await RunAsync(Rule() with { ExpiresDeleteMarkers = true }));

        Assert.Equal(["hidden marker", "hidden"], await VersionsAsync());
    }

    [Fact]
    public async Task StoppedAtEachStepOfAnExpiry_TheRestGoesAtTheNextRun()
    {
        await Put("a", "a");
        Clock.Advance(TimeSpan.FromDays(3));
        await Put("new", "b");
        var snapshots = new List<Snapshot>();
        Lake.Reached = _ => snapshots.Add(new Snapshot(Lake.Path));
        await RunAsync(Rule() with { ExpirationDays = 1 });
        Lake.Reached = _ => { };

        Assert.Equal(2, snapshots.Count);
        foreach (var snapshot in snapshots)
        {
            using (snapshot)
            {
                await using var storage = await LocalStorage.OpenAsync(
                    snapshot.Path, Clock, Primitives.Identity.IdSource.System,
                    Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, _ => { }, 1);
                var tally = new LifecycleTally();
                var run = new LifecycleRun(
                    storage.Objects, storage.Versions, storage.Uploads, storage.Expiry, Clock);
                await run.RunAsync(
                    "lake", new LifecycleConfiguration([Rule() with { ExpirationDays = 1 }]), tally, None);
                var left = (await storage.Objects.ListAsync("lake", new ObjectListing(), None)).Objects;
                Assert.Equal("new", Assert.Single(left).Key.Key);
                Assert.Single(Directory.EnumerateFiles(
                    Path.Combine(snapshot.Path, "objects"), "*", SearchOption.AllDirectories));
            }
        }
    }

    private static ObjectKey Key(string key) => new("lake", key);

    private static LifecycleRule Rule() => new("rule", IsEnabled: true, IsOldForm: false, Any);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private Task<(long Objects, long Versions, long Uploads)> RunAsync(params LifecycleRule[] rules) =>
        RunAsync(Lake.Storage.Expiry, rules);

    private async Task<(long Objects, long Versions, long Uploads)> RunAsync(
        IExpiry expiry, params LifecycleRule[] rules)
    {
        var tally = new LifecycleTally();
        var run = new LifecycleRun(Store, Versions, Lake.Storage.Uploads, expiry, Clock);
        await run.RunAsync("lake", new LifecycleConfiguration(rules), tally, None);
        return (tally.Objects, tally.Versions, tally.Uploads);
    }

    private Task<ObjectInfo> Put(string key, string text = "x") => Store.PutAsync(
        Key(key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    private async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await Store.ListAsync("lake", new ObjectListing(), None)).Objects.Select(info => info.Key.Key)];

    private async Task<IReadOnlyList<string>> VersionsAsync() =>
        [.. (await Versions.ListAsync("lake", new ObjectListing(), null, None)).Versions.Select(
            version => version.Key.Key + (version.IsMarker ? " marker" : ""))];
}
