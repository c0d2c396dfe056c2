using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Hosting;

/// <summary>The server that owns a data directory, as its file <c>server</c> tells.</summary>
internal sealed record RunningServer(int ProcessId, Uri? Aws, Uri? Console)
{
    /// <summary>The owner, or null when nobody has announced itself.</summary>
    public static RunningServer? Read(string directory)
    {
        var path = DataDirectory.ServerPath(directory);
        if (!File.Exists(path))
        {
            return null;
        }

        var values = File.ReadAllLines(path)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return values.TryGetValue("pid", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var pid)
            ? new RunningServer(pid, Address(values, "aws"), Address(values, "console"))
            : null;
    }

    /// <exception cref="TarnException">Unavailable when no server is ready on the directory.</exception>
    public static RunningServer Require(string directory) =>
        Read(directory) is { Aws: not null, Console: not null } server
            ? server
            : throw new TarnException(
                ErrorKind.Unavailable,
                $"no tarn is running on {directory}",
                hint: "start one with 'tarn up', or name its directory with --data");

    private static Uri? Address(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var text) && text.Length > 0 ? new Uri(text) : null;
}
