using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects.Local.Versions;

/// <summary>What the versions of a key hold.</summary>
internal static class VersionTexts
{
    /// <summary>Newest first; null: a delete marker.</summary>
    public static async Task<List<string?>> OfAsync(LocalStorage storage, ObjectKey key)
    {
        var texts = new List<string?>();
        var page = await storage.Versions.ListAsync(
            key.Bucket, new ObjectListing { Prefix = key.Key }, afterVersionId: null, CancellationToken.None);
        foreach (var version in page.Versions.Where(version => version.Key == key))
        {
            Assert.Equal(texts.Count == 0, version.IsLatest);
            texts.Add(version.IsMarker ? null : await TextAsync(storage, key, version.VersionId));
        }

        return texts;
    }

    public static async Task<string> TextAsync(LocalStorage storage, ObjectKey key, string versionId)
    {
        await using var content = await storage.Versions.OpenAsync(key, versionId, null, CancellationToken.None);
        Assert.Equal(versionId, content!.Info.VersionId);
        return await new StreamReader(content.Body).ReadToEndAsync();
    }
}
