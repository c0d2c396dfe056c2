using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Demo;

/// <summary>
/// The example project game-scores, copied into the demo's data directory so that it can be looked at and changed.
/// </summary>
internal static partial class DemoProject
{
    /// <summary>Copies it with the wanted batch time and returns the copy's folder.</summary>
    public static string Prepare(string dataDirectory, int flushSeconds)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "examples", "game-scores");
        if (!Directory.Exists(source))
        {
            throw new TarnException(ErrorKind.NotFound, $"the example project is not beside the executable: {source}");
        }

        var target = Path.Combine(dataDirectory, "project");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        var lake = Path.Combine(target, "lake.yaml");
        File.WriteAllText(
            lake, BufferSeconds().Replace(File.ReadAllText(lake), $"buffer_seconds: {Math.Max(1, flushSeconds)}"));
        return target;
    }

    [GeneratedRegex(@"buffer_seconds: \d+")]
    private static partial Regex BufferSeconds();
}
