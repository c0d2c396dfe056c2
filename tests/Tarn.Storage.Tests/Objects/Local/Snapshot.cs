using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Tests.Objects.Local.Versions;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Objects.Local;

/// <summary>A data directory as a killed process leaves it: a copy of all files at one moment.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly TempDirectory _directory = new();

    public Snapshot(string dataDirectory) => Copy(dataDirectory, _directory.Path);

    public string Path => _directory.Path;

    public static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file)));
        }
    }

    /// <summary>
    /// Starts on the copy, twice: it holds exactly these objects, whole and listed, and no other file; the uploads
    /// under way have exactly the files of their parts.
    /// </summary>
    public async Task AssertHoldsAsync(params (string Key, string Text)[] expected)
    {
        for (var start = 0; start < 2; start++)
        {
            await using var storage = await LocalStorage.OpenAsync(
                Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
                LocalUploads.PartBytesMin);
            var listed = (await storage.Objects.ListAsync("lake", new ObjectListing(), CancellationToken.None)).Objects;
            Assert.Equal(expected.Select(e => e.Key).Order(StringComparer.Ordinal), listed.Select(o => o.Key.Key));
            foreach (var info in listed)
            {
                var text = expected.Single(e => e.Key == info.Key.Key).Text;
                await using var content = await storage.Objects.OpenAsync(info.Key, null, CancellationToken.None);
                Assert.Equal(text, await new StreamReader(content!.Body).ReadToEndAsync());
                Assert.Equal(Encoding.UTF8.GetByteCount(text), info.Size);
                using var local = await storage.Objects.OpenLocalAsync(info.Key, CancellationToken.None);
                Assert.Equal(text, await File.ReadAllTextAsync(local!.Path));
            }

            Assert.Empty(Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(Path, "staging")));
            await AssertUploadsHaveTheirFilesAsync(storage.Uploads);
            var objects = System.IO.Path.Combine(Path, "objects");
            Assert.Equal(expected.Length, Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Count());
        }
    }

    /// <summary>
    /// Starts on the copy, twice: the key has exactly these versions, newest first (null: a delete marker), each whole,
    /// and no file of a version is there without one.
    /// </summary>
    public async Task AssertVersionsAsync(string key, params string?[] expected)
    {
        for (var start = 0; start < 2; start++)
        {
            await using var storage = await LocalStorage.OpenAsync(
                Path, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { },
                LocalUploads.PartBytesMin);
            var found = await VersionTexts.OfAsync(storage, new ObjectKey("lake", key));
            Assert.Equal(expected, found);
            var current = await storage.Objects.FindAsync(new ObjectKey("lake", key), CancellationToken.None);
            Assert.Equal(expected.Length > 0 && expected[0] is not null, current is not null);
            var all = await storage.Versions.ListAsync("lake", new ObjectListing(), null, CancellationToken.None);
            var files = System.IO.Path.Combine(Path, "versions");
            Assert.Equal(
                all.Versions.Count(version => version is { IsMarker: false, IsLatest: false }),
                Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Count());
            Assert.Empty(Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(Path, "staging")));
            var objects = System.IO.Path.Combine(Path, "objects");
            Assert.Equal(
                all.Versions.Count(version => version is { IsMarker: false, IsLatest: true }),
                Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Count());
        }
    }

    private async Task AssertUploadsHaveTheirFilesAsync(LocalUploads uploads)
    {
        var expected = new List<string>();
        var page = await uploads.ListAsync("lake", new ObjectListing(), afterUploadId: null, CancellationToken.None);
        foreach (var upload in page.Uploads)
        {
            expected.Add(upload.UploadId);
            var parts = await uploads.ListPartsAsync(upload.Key, upload.UploadId, 0, 1000, CancellationToken.None);
            expected.AddRange(parts.Select(part => $"{upload.UploadId}/{part.Number}"));
        }

        var folder = System.IO.Path.Combine(Path, "uploads");
        var found = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(entry => System.IO.Path.GetRelativePath(folder, entry).Split('-')[0]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _directory.Dispose();
}
