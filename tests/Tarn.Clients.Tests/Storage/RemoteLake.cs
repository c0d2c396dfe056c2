using System.Globalization;
using System.Text.Json;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A lake of the flights example whose objects are kept by a second server; either can be killed.</summary>
internal sealed class RemoteLake : IAsyncDisposable
{
    public const string Bucket = "company-data";
    public const string Prefix = "tarn/one/";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tarn-remote-lake-");
    private TarnServerProcess? _storage;
    private TarnServerProcess? _server;

    public static string Example { get; } = Path.Combine(TarnExecutable.Root, "examples", "flights");

    public string Data => Path.Combine(_directory.FullName, "lake");

    public TarnServerProcess Storage => _storage!;

    public TarnServerProcess Server => _server!;

    public static async Task<RemoteLake> StartAsync()
    {
        var lake = new RemoteLake();
        await lake.StartStorageAsync("0");
        using var s3 = lake.Storage.S3();
        await s3.PutBucketAsync(Bucket);
        Directory.CreateDirectory(lake.Data);
        await File.WriteAllTextAsync(Path.Combine(lake.Data, "tarn.yaml"), $"""
            storage: s3://{Bucket}/{Prefix.TrimEnd('/')}?endpoint={lake.Storage.Aws}&region=eu-west-1
            storage_access_key_id: {lake.Storage.AccessKeyId}
            storage_secret_access_key: {lake.Storage.Secret}
            """);
        lake._server = await TarnServerProcess.StartAsync("--data", lake.Data, "--project", Example);
        return lake;
    }

    /// <summary>kill -9 and a start.</summary>
    public async Task RestartAsync()
    {
        await Server.KillAsync();
        await Server.DisposeAsync();
        _server = await TarnServerProcess.StartAsync("--data", Data);
    }

    public Task StopStorageAsync() => Storage.KillAsync();

    /// <summary>At the address that it had.</summary>
    public async Task ReturnStorageAsync()
    {
        var port = Storage.Aws.Port.ToString(CultureInfo.InvariantCulture);
        await Storage.DisposeAsync();
        await StartStorageAsync(port);
    }

    public Task<ClientOutput> RunAsync(params IEnumerable<string> arguments) =>
        TarnExecutable.RunAsync([.. arguments, "--data", Data]);

    /// <summary>The first cell of what a statement yields.</summary>
    public async Task<string?> CellAsync(string sql)
    {
        var answer = await RunAsync("sql", "--format", "json", sql);
        using var row = JsonDocument.Parse(answer.MustSucceed());
        return row.RootElement.EnumerateObject().First().Value.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await Storage.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task StartStorageAsync(string port) => _storage = await TarnServerProcess.StartAsync(
        "--data", Path.Combine(_directory.FullName, "storage"), "--port", port);
}
