using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>The servers that a run compares, each started once.</summary>
internal static class Targets
{
    public const string Tarn = "tarn";
    public const string Discard = "ceiling: read and discard";
    public const string Kinesalite = "kinesalite 3.3.3";

    private static readonly Dictionary<string, string> NoVariables = [];

    public static async Task<IReadOnlyList<Target>> StartAsync(string directory)
    {
        var targets = new List<Target>
        {
            new(Tarn, KeepsRecords: true, await StartTarnAsync(directory)),
            new(Discard, KeepsRecords: false, await StartOwnAsync(ServedTarget.Discard, directory)),
            new("ceiling: parse, no log", KeepsRecords: false, await StartOwnAsync(ServedTarget.Parse, directory)),
        };
        var peers = Path.Combine(Checkout.Root, "benchmarks", "peers");
        if (Directory.Exists(Path.Combine(peers, "node_modules", "kinesalite")))
        {
            targets.Add(new Target(Kinesalite, KeepsRecords: true, await StartKinesaliteAsync(peers)));
        }
        else
        {
            Console.WriteLine($"{Kinesalite} is not installed: run 'npm ci' in benchmarks/peers");
        }

        return targets;
    }

    public static Task<ServerProcess> StartTarnAsync(string directory) => ServerProcess.StartAsync(
        Path.Combine(Checkout.Root, "tarn"),
        ["up", "--data", Path.Combine(directory, "lake"), "--port", "0", "--console-port", "0"],
        new Dictionary<string, string>
        {
            ["TARN_ROOT_ACCESS_KEY_ID"] = BenchmarkLake.Key.AccessKeyId,
            ["TARN_ROOT_SECRET_ACCESS_KEY"] = BenchmarkLake.Key.Secret,
        });

    private static Task<ServerProcess> StartOwnAsync(string kind, string directory) =>
        ServerProcess.StartAsync(Environment.ProcessPath!, ["serve", kind, directory], NoVariables);

    private static Task<ServerProcess> StartKinesaliteAsync(string peers)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        listener.Stop();
        return ServerProcess.StartAsync("node", [Path.Combine(peers, "kinesalite.js"), port], NoVariables);
    }
}
