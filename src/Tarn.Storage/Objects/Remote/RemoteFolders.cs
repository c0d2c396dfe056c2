namespace Tarn.Storage.Objects.Remote;

/// <summary>The remote store's places below the data directory.</summary>
internal sealed record RemoteFolders
{
    /// <summary>Makes them; what an earlier run left in staging/ is removed.</summary>
    public RemoteFolders(string dataDirectory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        Staging = Path.Combine(root, "staging");
        Cache = Path.Combine(root, "cache", "objects");
        MetadataFile = Path.Combine(root, "metadata.db");
        if (Directory.Exists(Staging))
        {
            Directory.Delete(Staging, recursive: true);
        }

        Directory.CreateDirectory(Staging);
        Directory.CreateDirectory(Cache);
    }

    public string Staging { get; }

    public string Cache { get; }

    public string MetadataFile { get; }
}
