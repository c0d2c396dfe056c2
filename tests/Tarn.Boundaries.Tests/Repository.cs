namespace Tarn.Boundaries.Tests;

/// <summary>The checkout under test, found by walking up from the test's own folder to <c>Tarn.slnx</c>.</summary>
internal static class Repository
{
    private static readonly string[] BuiltFolders = ["bin", "obj", "node_modules", ".git", ".out", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes, of the files that people write.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions) =>
        [.. Walk(Path.Combine(Root, folder))
            .Where(path => extensions.Contains(Path.GetExtension(path)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static IEnumerable<string> Walk(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var below = Directory.EnumerateDirectories(folder)
            .Where(path => !BuiltFolders.Contains(Path.GetFileName(path)))
            .SelectMany(Walk);
        return Directory.EnumerateFiles(folder).Concat(below);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tarn.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("no Tarn.slnx above the tests");
        }

        return folder;
    }
}
