using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// Debian's nginx with sendfile and WebDAV's PUT on a folder of its own: what a plain web server does with the same
/// files. It verifies no signature, hashes nothing and does not fsync.
/// </summary>
internal sealed class NginxObjects : IObjectTarget
{
    private const string Program = "/usr/sbin/nginx";
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _files;
    private readonly Uri _address;

    private NginxObjects(Process process, string files, Uri address) =>
        (_process, _files, _address) = (process, files, address);

    public static bool IsInstalled => File.Exists(Program);

    public string Name => "nginx";

    public bool Serves => true;

    /// <summary>Of the master and its workers.</summary>
    public TimeSpan CpuTime => Processes().Aggregate(TimeSpan.Zero, (sum, process) =>
    {
        using (process)
        {
            return sum + process.TotalProcessorTime;
        }
    });

    public static async Task<NginxObjects> StartAsync(string directory)
    {
        var files = Directory.CreateDirectory(Path.Combine(directory, "files")).FullName;
        var port = FreePort();
        var configuration = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(directory, files, port));
        var process = Process.Start(
            Program, ["-e", Path.Combine(directory, "error.log"), "-p", directory, "-c", configuration]);
        using var limit = new CancellationTokenSource(StartTimeMax);
        while (!await AnswersAsync(port))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"nginx ended with {process.ExitCode} before it was ready");
            }

            await Task.Delay(PollInterval, limit.Token);
        }

        return new NginxObjects(process, files, new Uri($"http://127.0.0.1:{port}"));
    }

    public async Task<IObjectSession> OpenAsync() => await new HttpSession(_address, Head).ConnectAsync();

    public Task<(long Objects, long Bytes)> CountAsync(string folder)
    {
        var found = new DirectoryInfo(Path.Combine(_files, folder)).GetFiles("*", SearchOption.AllDirectories);
        return Task.FromResult(((long)found.Length, found.Sum(file => file.Length)));
    }

    public Task ClearAsync(string folder)
    {
        Directory.Delete(Path.Combine(_files, folder), recursive: true);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Configuration(string directory, string files, int port) => $$"""
        daemon off;
        worker_processes {{Environment.ProcessorCount}};
        pid {{directory}}/nginx.pid;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        events { worker_connections 256; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000000;
          keepalive_timeout 600s;
          client_max_body_size 0;
          client_body_temp_path {{directory}}/body;
          proxy_temp_path {{directory}}/proxy;
          fastcgi_temp_path {{directory}}/fastcgi;
          uwsgi_temp_path {{directory}}/uwsgi;
          scgi_temp_path {{directory}}/scgi;
          server {
            listen 127.0.0.1:{{port}};
            root {{files}};
            location / { dav_methods PUT; create_full_put_path on; }
          }
        }
        """;

    private byte[] Head(string method, string name, long length) => Encoding.ASCII.GetBytes(
        $"{method} /{name} HTTP/1.1\r\nHost: {_address.Authority}\r\nContent-Length: {length}\r\n\r\n");

    private List<Process> Processes()
    {
        var id = _process.Id;
        var children = File.ReadAllText($"/proc/{id}/task/{id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. children.Select(child => Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture)))];
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
