using System.Diagnostics;

namespace Tarn.Clients.Tests.Servers;

/// <summary>The executable that <c>./tarn</c> built: what a user runs.</summary>
internal static class TarnExecutable
{
    public static string Root { get; } = FindRoot();

    public static string Path { get; } = System.IO.Path.Combine(Root, ".out", "tarn", "tarn");

    public static ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        if (!File.Exists(Path))
        {
            throw new InvalidOperationException($"{Path} is missing: run ./tarn --version first");
        }

        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TARN_", StringComparison.Ordinal))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>Runs a client command of tarn to its end.</summary>
    public static Task<ClientOutput> RunAsync(params IEnumerable<string> arguments) =>
        ClientOutput.OfAsync(Command(arguments));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Tarn.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("no Tarn.slnx above");
        }

        return folder;
    }
}
