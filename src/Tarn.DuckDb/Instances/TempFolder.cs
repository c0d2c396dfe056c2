using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Instances;

/// <summary>
/// The folder an instance spills to, owned by that instance alone: DuckDB's spill files have fixed names, so two
/// instances in one folder would overwrite each other. Claiming it removes what a killed process left behind.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private static readonly HashSet<string> Claimed = [];
    private readonly string _path;

    private TempFolder(string path) => _path = path;

    public static TempFolder Claim(string directory)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        lock (Claimed)
        {
            if (!Claimed.Add(path))
            {
                throw new TarnException(
                    ErrorKind.Conflict,
                    $"temp directory '{path}' belongs to another DuckDB instance of this process",
                    hint: "give each instance a folder of its own");
            }
        }

        var folder = new TempFolder(path);
        try
        {
            Directory.CreateDirectory(path);
            foreach (var file in Directory.EnumerateFiles(path, "duckdb_temp_*"))
            {
                File.Delete(file);
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        lock (Claimed)
        {
            Claimed.Remove(_path);
        }
    }
}
