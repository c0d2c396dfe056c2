namespace Tarn.Aws.Tests.Coverage;

/// <summary>Where the repository is that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Tarn.slnx")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
