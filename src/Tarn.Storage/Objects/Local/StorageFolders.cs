namespace Tarn.Storage.Objects.Local;

/// <summary>The store's places below the data directory.</summary>
internal sealed record StorageFolders
{
    public StorageFolders(string dataDirectory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        Objects = Path.Combine(root, "objects");
        Staging = Path.Combine(root, "staging");
        Uploads = Path.Combine(root, "uploads");
        Versions = Path.Combine(root, "versions");
        MetadataFile = Path.Combine(root, "metadata.db");
        Directory.CreateDirectory(Objects);
        Directory.CreateDirectory(Staging);
        Directory.CreateDirectory(Uploads);
        Directory.CreateDirectory(Versions);
    }

    public string Objects { get; }

    public string Staging { get; }

    public string Uploads { get; }

    /// <summary>Files of earlier versions, a folder per bucket.</summary>
    public string Versions { get; }

    public string MetadataFile { get; }
}
