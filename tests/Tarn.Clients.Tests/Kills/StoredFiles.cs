namespace Tarn.Clients.Tests.Kills;

/// <summary>What lies in the folders of the object store (docs/formats/object-files.md).</summary>
internal static class StoredFiles
{
    /// <summary>SHA-256 of every file of a bucket, in order.</summary>
    public static IReadOnlyList<string> Hashes(string data, string bucket) =>
        [.. Names(Path.Combine(data, "objects", bucket)).Select(File.ReadAllBytes)
            .Select(bytes => SeededBody.HashOf(bytes)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Staged(string data) => Names(Path.Combine(data, "staging"));

    /// <summary>Folders of uploads, by the upload's id.</summary>
    public static IReadOnlyList<string> Uploads(string data) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(data, "uploads"))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Sizes of an upload's files, in order of their part's number.</summary>
    public static IReadOnlyList<long> PartSizes(string data, string upload) =>
        [.. Names(Path.Combine(data, "uploads", upload))
            .OrderBy(path => int.Parse(
                Path.GetFileName(path).Split('-')[0], System.Globalization.CultureInfo.InvariantCulture))
            .Select(path => new FileInfo(path).Length)];

    private static List<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)];
}
