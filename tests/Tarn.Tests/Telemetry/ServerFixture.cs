using System.Net.Http.Headers;
using System.Text;
using Tarn.Clients;
using Tarn.Configuration;
using Tarn.Hosting;
using Tarn.Storage.Access;
using Tarn.Testing;

namespace Tarn.Tests.Telemetry;

/// <summary>A whole server in this process, on free ports and a directory of its own.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    public const string Secret = "hush-hush-hush";

    private readonly TempDirectory directory;
    private readonly TarnServer server;

    private ServerFixture(TempDirectory directory, TarnServer server)
    {
        this.directory = directory;
        this.server = server;
        var running = RunningServer.Require(directory.Path);
        Http = new HttpClient { BaseAddress = running.Console };
        Http.DefaultRequestHeaders.Authorization = Basic(Key.AccessKeyId, Key.Secret);
        Kinesis = new KinesisClient(running.Aws!, Key, "us-east-1", TimeProvider.System);
    }

    public static AccessKey Key { get; } = new("AKIATESTTESTTEST", Secret, "root");

    /// <summary>The console's port, with the access key.</summary>
    public HttpClient Http { get; }

    public KinesisClient Kinesis { get; }

    public static async Task<ServerFixture> StartAsync(
        string lakeYaml, Func<TarnOptions, TarnOptions> change)
    {
        var directory = new TempDirectory();
        var project = Directory.CreateDirectory(Path.Combine(directory.Path, "project")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "lake.yaml"), lakeYaml);
        var options = new TarnOptions
        {
            DataDirectory = directory.Path,
            Port = 0,
            ConsolePort = 0,
            ProjectDirectory = project,
            RootAccessKeyId = Key.AccessKeyId,
            RootSecretAccessKey = Key.Secret,
        };
        return new ServerFixture(directory, await TarnServer.StartAsync(change(options), CancellationToken.None));
    }

    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Kinesis.Dispose();
        await server.StopAsync(TimeSpan.FromSeconds(5));
        directory.Dispose();
    }
}
