using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Tests.Objects.Local;
using Tarn.Storage.Tests.Objects.Local.Versions;
using Tarn.Testing;

namespace Tarn.Storage.Tests;

/// <summary>
/// Opens a data directory of schema version 2: attributes, tags, an object that was joined of parts, an upload under
/// way, a setting.
/// </summary>
public sealed class VersionTwoTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Open_DataDirectoryOfVersionTwo_IsReadAndHasAnOutbox()
    {
        using var directory = new TempDirectory();
        Snapshot.Copy(Path.Combine(AppContext.BaseDirectory, "testdata", "v2", "data"), directory.Path);
        await using var storage = await LocalStorage.OpenAsync(
            directory.Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
            LocalUploads.PartBytesMin);

        var texts = new List<string>();
        foreach (var info in (await storage.Objects.ListAsync("lake", new ObjectListing(), None)).Objects)
        {
            await using var content = await storage.Objects.OpenAsync(info.Key, null, None);
            texts.Add($"{info.Key.Key}={await new StreamReader(content!.Body, Encoding.UTF8).ReadToEndAsync()}");
        }

        Assert.Equal(["joined=one two", "raw=conflict", "raw/a.json={}"], texts);
        Assert.Equal("a", (await storage.Objects.FindAsync(new ObjectKey("lake", "raw/a.json"), None))!
            .Attributes.Tags["team"]);
        Assert.Equal(2, (await storage.Objects.FindAsync(new ObjectKey("lake", "joined"), None))!.Parts.Count);
        var upload = Assert.Single((await storage.Uploads.ListAsync("lake", new ObjectListing(), null, None)).Uploads);
        Assert.Equal(6, Assert.Single(await storage.Uploads.ListPartsAsync(
            upload.Key, upload.UploadId, 0, 10, None)).Size);
        Assert.Equal("{\"tags\":{\"team\":\"data\"}}", storage.Settings.Find("lake", BucketSetting.Tagging));

        await storage.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration([new("all", "arrivals", ["s3:ObjectRemoved:*"], Prefix: null, Suffix: null)]),
            None);
        await storage.Objects.DeleteAsync(new ObjectKey("lake", "raw"), None);
        Assert.Equal("raw", Assert.Single(storage.Outbox.Read("arrivals", 10)).Key.Key);
    }

    [Fact]
    public async Task Open_DataDirectoryOfVersionTwo_KeepsVersionsOfWhatItHolds()
    {
        using var directory = new TempDirectory();
        Snapshot.Copy(Path.Combine(AppContext.BaseDirectory, "testdata", "v2", "data"), directory.Path);
        await using var storage = await LocalStorage.OpenAsync(
            directory.Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
            LocalUploads.PartBytesMin);
        var key = new ObjectKey("lake", "joined");
        Assert.Equal(BucketVersioning.Unversioned, await storage.Versions.FindVersioningAsync("lake", None));
        Assert.Null((await storage.Objects.FindAsync(key, None))!.VersionId);

        await storage.Versions.SetVersioningAsync("lake", BucketVersioning.Enabled, None);
        await storage.Objects.DeleteAsync(key, None);

        Assert.Equal([null, "one two"], await VersionTexts.OfAsync(storage, key));
        Assert.Equal(2, (await storage.Versions.FindAsync(key, "null", None))!.Info.Parts.Count);
    }
}
