using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Tests.Objects.Local;
using Tarn.Testing;

namespace Tarn.Storage.Tests;

/// <summary>
/// Opens a data directory that the first version wrote: plain and conflicting names, attributes, a put that was
/// stopped before its rename, a delete that was stopped before its file was removed.
/// </summary>
public sealed class VersionOneTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Open_DataDirectoryOfVersionOne_IsReadAndRecovered()
    {
        using var directory = new TempDirectory();
        Snapshot.Copy(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "data"), directory.Path);
        await using var storage = await LocalStorage.OpenAsync(
            directory.Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
            LocalUploads.PartBytesMin);

        var stream = await storage.Metadata.FindAsync("stream", "scores", None);
        Assert.Equal(new Resource("stream", "scores", "{\"shards\":1}", 2), stream);
        var bucket = Assert.Single(await storage.Objects.ListBucketsAsync(None));
        Assert.Equal(new BucketInfo("lake", new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero)), bucket);
        var texts = new List<string>();
        foreach (var info in (await storage.Objects.ListAsync("lake", new ObjectListing(), None)).Objects)
        {
            await using var content = await storage.Objects.OpenAsync(info.Key, null, None);
            texts.Add($"{info.Key.Key}={await new StreamReader(content!.Body, Encoding.UTF8).ReadToEndAsync()}");
        }

        Assert.Equal(["/lead=slash", "raw=conflict", "raw/a.json={}", "stopped=in staging"], texts);
        var attributes = (await storage.Objects.FindAsync(new ObjectKey("lake", "raw/a.json"), None))!.Attributes;
        Assert.Equal("application/json", attributes.ContentType);
        Assert.Equal("gzip", attributes.Headers["content-encoding"]);
        Assert.Equal("me", attributes.Metadata["author"]);
        Assert.Null(storage.Settings.Find("lake", BucketSetting.Tagging));
        await storage.Settings.SetAsync("lake", BucketSetting.Tagging, "{}", None);
        Assert.Equal("{}", storage.Settings.Find("lake", BucketSetting.Tagging));
        Assert.Empty(Directory.EnumerateFiles(storage.Objects.StagingDirectory));
        Assert.False(File.Exists(Path.Combine(directory.Path, "objects", "lake", "deleted")));
    }
}
