using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tarn.Testing;

/// <summary>
/// Debian's radosgw, an S3 service that is not Tarn, over a cluster of one monitor and one store in a directory. All
/// its processes end when it is disposed; the directory stays until its owner removes it.
/// </summary>
public sealed class RadosGateway : IAsyncDisposable
{
    public const string Program = "/usr/bin/radosgw";

    private static readonly string[] Programs =
    [
        Program, "/usr/bin/radosgw-admin", "/usr/bin/ceph", "/usr/bin/ceph-mon", "/usr/bin/ceph-osd",
        "/usr/bin/ceph-authtool", "/usr/bin/monmaptool",
    ];

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _directory;
    private readonly string _store;
    private readonly List<Process> _servers = [];

    private RadosGateway(string directory, bool isDurable, string accessKeyId, string secret)
    {
        _directory = directory;
        AccessKeyId = accessKeyId;
        Secret = secret;
        _store = isDurable ? "bluestore" : "memstore";
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
    }

    public static bool IsInstalled => Programs.All(File.Exists);

    public Uri Address { get; }

    public string AccessKeyId { get; }

    public string Secret { get; }

    /// <summary>CPU time of monitor, store and gateway since their start.</summary>
    public TimeSpan CpuTime => _servers.Aggregate(TimeSpan.Zero, (sum, server) =>
    {
        server.Refresh();
        return sum + server.TotalProcessorTime;
    });

    /// <param name="isDurable">Objects in files, synced; else in memory.</param>
    /// <param name="accessKeyId">Of its one user.</param>
    public static async Task<RadosGateway> StartAsync(
        string directory, bool isDurable, string accessKeyId, string secret)
    {
        var gateway = new RadosGateway(directory, isDurable, accessKeyId, secret);
        using var limit = new CancellationTokenSource(StartTimeMax);
        try
        {
            await gateway.StartAsync(limit.Token);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            if (!server.HasExited)
            {
                server.Kill();
                await server.WaitForExitAsync();
            }

            server.Dispose();
        }

        _servers.Clear();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        var (cluster, store) = ($"{Guid.NewGuid()}", $"{Guid.NewGuid()}");
        var monitor = $"v2:127.0.0.1:{FreePort()}";
        var (keys, map) = (Path.Combine(_directory, "keyring"), Path.Combine(_directory, "monmap"));
        foreach (var folder in new[] { "mon", "osd", "rgw" })
        {
            Directory.CreateDirectory(Path.Combine(_directory, folder));
        }

        await File.WriteAllTextAsync(
            Path.Combine(_directory, "ceph.conf"), Configuration(cluster, monitor) + "\n", cancellation);
        await RunAsync(
            "ceph-authtool", ["--create-keyring", keys, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *"]);
        await RunAsync("monmaptool", ["--create", "--addv", "a", $"[{monitor}]", "--fsid", cluster, map]);
        await RunAsync("ceph-mon", ["--mkfs", "-i", "a", "--monmap", map, "--keyring", keys]);
        Serve("ceph-mon", ["-i", "a"]);
        await RunAsync("ceph", ["osd", "new", store]);
        await RunAsync("ceph-osd", ["-i", "0", "--mkfs", "--osd-uuid", store]);
        Serve("ceph-osd", ["-i", "0"]);
        await RunAsync("radosgw-admin", [
            "user", "create", "--uid=tests", "--display-name=tests", $"--access-key={AccessKeyId}",
            $"--secret={Secret}"]);
        Serve("radosgw", ["-n", "client.admin"]);
        using var client = new HttpClient();
        while (!await AnswersAsync(client, cancellation))
        {
            if (_servers.Find(server => server.HasExited) is { } ended)
                throw new InvalidOperationException($"{ended.StartInfo.FileName} ended; see {_directory}");
            await Task.Delay(PollInterval, cancellation);
        }

        async Task RunAsync(string program, string[] arguments)
        {
            var said = new StringBuilder();
            using var process = Start(program, arguments, said);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            finally
            {
                process.Kill();
            }

            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
        }
    }

    private void Serve(string program, string[] arguments) => _servers.Add(
        Start(program, [.. arguments, "-f"], said: null));

    private Process Start(string program, string[] arguments, StringBuilder? said)
    {
        var start = new ProcessStartInfo(Path.Combine("/usr/bin", program), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CEPH_CONF"] = Path.Combine(_directory, "ceph.conf");
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => said?.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(Address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // One copy of everything; the monitor decides at once, as nobody has to be waited for.
    private string Configuration(string cluster, string monitor) => $"""
        [global]
        fsid = {cluster}
        mon host = [{monitor}]
        mon initial members = a
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        ms mon client mode = crc
        paxos propose interval = 0.02
        paxos min wait = 0.01
        mon allow pool size one = true
        mon data avail crit = 1
        mon data avail warn = 1
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 8
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        osd objectstore = {_store}
        memstore device bytes = 8589934592
        bluestore block size = 107374182400
        admin socket =
        run dir = {_directory}
        crash dir = {_directory}
        log file = {_directory}/$name.log
        mon cluster log file = {_directory}/cluster.log
        keyring = {_directory}/keyring
        mon data = {_directory}/mon
        osd data = {_directory}/osd
        rgw data = {_directory}/rgw
        rgw frontends = beast endpoint={Address.Authority} tcp_nodelay=1
        rgw thread pool size = 64
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
