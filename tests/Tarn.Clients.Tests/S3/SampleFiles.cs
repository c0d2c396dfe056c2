namespace Tarn.Clients.Tests.S3;

/// <summary>Folders of files with known, repeatable bytes, and how two of them are compared.</summary>
internal static class SampleFiles
{
    /// <summary>Above the size at which every client here begins to send parts.</summary>
    public const int PartedBytes = 17_000_000;

    public static string Write(string path, int bytes, int seed = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A folder with nested files, an empty one, and names that need escaping.</summary>
    public static string WriteFolder(string folder)
    {
        string[] names =
            ["a.txt", "empty", "deep/er/b.json", "deep/c d+e%41.txt", "ünï/ø.csv", "deep/er/~x=1&y'z(2).txt"];
        for (var i = 0; i < names.Length; i++)
        {
            Write(Path.Combine(folder, names[i]), names[i] == "empty" ? 0 : 1000 * (i + 1), seed: i);
        }

        return folder;
    }

    /// <summary>Names below the folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];

    public static void MustBeEqual(string expected, string actual)
    {
        Assert.Equal(Names(expected), Names(actual));
        foreach (var name in Names(expected))
        {
            var bytes = File.ReadAllBytes(Path.Combine(expected, name));
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(actual, name)));
        }
    }
}
