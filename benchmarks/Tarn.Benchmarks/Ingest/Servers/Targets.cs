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
    public const string KinesisLocal = "kinesis-local 0.6.2";

    private static readonly Dictionary<string, string> NoVariables = [];

    public static async Task<IReadOnlyList<Target>> StartAsync(string directory)
    {
        var targets = new List<Target>
        {
            new(Tarn, KeepsRecords: true, await StartTarnAsync(directory)),
            new(Discard, KeepsRecords: false, await StartOwnAsync(ServedTarget.Discard, directory)),
            new("ceiling: parse, no log", KeepsRecords: false, await StartOwnAsync(ServedTarget.Parse, directory)),
        };
        await AddPeerAsync(targets, Kinesalite, "kinesalite", ports: 1);
        await AddPeerAsync(targets, KinesisLocal, "kinesis-local", ports: 2);
        return targets;
    }

    public static Task<ServerProcess> StartTarnAsync(string directory) => ServerProcess.StartAsync(
        Path.Combine(Checkout.Root, "tarn"),
        ["up", "--data", Path.Combine(directory, "lake"), "--port", "0", "--console-port", "0"],
        new Dictionary<string, string>
        {
            ["TARN_ROOT_ACCESS_KEY_ID"] = BenchmarkLake.Key.AccessKeyId,
            ["TARN_ROOT_SECRET_ACCESS_KEY"] = BenchmarkLake.Key.Secret,
        },
        AllocationSource.Metrics);

    private static Task<ServerProcess> StartOwnAsync(string kind, string directory) =>
        ServerProcess.StartAsync(
            Environment.ProcessPath!, ["serve", kind, directory], NoVariables, AllocationSource.Line);

    private static async Task AddPeerAsync(List<Target> targets, string name, string package, int ports)
    {
        var peers = Path.Combine(Checkout.Root, "benchmarks", "peers");
        if (!Directory.Exists(Path.Combine(peers, "node_modules", package)))
        {
            Console.WriteLine($"{name} is not installed: run 'npm ci' in benchmarks/peers");
            return;
        }

        string[] arguments = [Path.Combine(peers, package + ".js"), .. FreePorts(ports)];
        targets.Add(new Target(
            name,
            KeepsRecords: true,
            await ServerProcess.StartAsync("node", arguments, NoVariables, AllocationSource.None)));
    }

    private static List<string> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, port: 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners
            .Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture))
            .ToList();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
