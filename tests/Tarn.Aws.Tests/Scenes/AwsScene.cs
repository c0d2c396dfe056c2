using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.Delivery;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Query.Executions;
using Tarn.Query.Sources;
using Tarn.Query.Workgroups;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// A real server on a free port over real stores and streams in a directory of its own, and a client that signs.
/// </summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class AwsScene : IAsyncLifetime
#pragma warning restore CA1001
{
    internal const string KeyId = "AKIATESTTESTTEST";
    internal const string Secret = "secret/of+the-test-lake";

    private readonly TempDirectory _directory = new();
    private ServiceProvider _engines = null!;
    private AwsServer _server = null!;

    internal ShiftedTime Time { get; } = new();

    /// <summary>True: real queries over DuckDB; false: scripted ones, which can be put into any state.</summary>
    internal bool RunsQueries { get; init; }

    internal ScriptedQueries Queries { get; } = new();

    /// <summary>Live tables beside the catalog's.</summary>
    internal ITableSource? Live { get; init; }

    internal int Resets { get; private set; }

    internal HttpClient Http { get; } = new();

    internal Uri Address => _server.Address;

    internal string DataDirectory => _directory.Path;

    internal IStreams Streams => _engines.GetRequiredService<IStreams>();

    internal Signer Signer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(IdSource.System);
        services.AddSingleton(new LakeIdentity());
        services.AddStorage(new StorageOptions
        {
            DataDirectory = _directory.Path,
            RootKey = new AccessKey(KeyId, Secret, "root"),
        });
        services.AddStreams(new StreamsOptions { Directory = Path.Combine(_directory.Path, "streams") });
        AddQueries(services);
        services.AddCatalog();
        services.AddDelivery(new DeliveryOptions { ScanInterval = TimeSpan.FromMilliseconds(20) });

        // Not the relay of events, which comes last: tests look at events while they wait.
        services.Remove(services.Last(service => service.ServiceType == typeof(IHostedService)));
        _engines = services.BuildServiceProvider();
        foreach (var service in _engines.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }

        _server = await AwsServer.StartAsync(
            _engines,
            new AwsServerOptions
            {
                Port = 0,
                Reset = _ =>
                {
                    Resets++;
                    return Task.CompletedTask;
                },
            },
            default);
        Signer = new Signer(KeyId, Secret, Time);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        _directory.Dispose();
    }

    /// <summary>Stops server and engines and starts them again on the same directory, at another port.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    private async Task StopAsync()
    {
        await _server.StopAsync(default);
        await _server.DisposeAsync();
        foreach (var service in _engines.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(default);
        }

        await _engines.DisposeAsync();
    }

    private void AddQueries(ServiceCollection services)
    {
        var spill = Path.Combine(_directory.Path, "spill");
        services.AddDuckDb(new DuckDbOptions
        {
            AllowedDirectories =
                [Path.Combine(_directory.Path, "objects"), Path.Combine(_directory.Path, "staging"), spill],
            TempDirectory = Path.Combine(_directory.Path, "duckdb"),
        });
        services.AddQuery(new QueryOptions());
        if (Live is not null)
        {
            services.AddSingleton(Live);
        }

        if (!RunsQueries)
        {
            services.AddSingleton<IQueries>(Queries);
        }
    }

    /// <summary>Stops the door; the engines go on.</summary>
    internal Task StopServerAsync() => _server.StopAsync(default);

    internal T Engine<T>()
        where T : notnull => _engines.GetRequiredService<T>();

    /// <summary>Calls an operation of a JSON service.</summary>
    internal Task<Answer> JsonAsync(string target, JsonNode input) =>
        JsonAsync(target, Encoding.UTF8.GetBytes(input.ToJsonString()));

    internal Task<Answer> JsonAsync(string target, byte[] body)
    {
        var request = JsonRequest(target, body);
        Signer.Sign(request, ServiceOf(target), Signer.Hash(body));
        return SendAsync(request);
    }

    internal Task<Answer> KinesisAsync(string operation, JsonNode input) =>
        JsonAsync("Kinesis_20131202." + operation, input);

    internal Task<Answer> FirehoseAsync(string operation, JsonNode input) =>
        JsonAsync("Firehose_20150804." + operation, input);

    internal HttpRequestMessage JsonRequest(string target, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        return request;
    }

    /// <summary>Calls S3 with a signed body.</summary>
    internal Task<Answer> S3Async(HttpMethod method, string target, byte[]? body = null, params string[] headers)
    {
        var request = S3Request(method, target, body, headers);
        Signer.Sign(request, "s3", Signer.Hash(body ?? []));
        return SendAsync(request);
    }

    internal HttpRequestMessage S3Request(HttpMethod method, string target, byte[]? body, params string[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, target));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (header[..colon], header[(colon + 1)..]);
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var message = await Http.SendAsync(request);
        return new Answer(message, await message.Content.ReadAsByteArrayAsync());
    }

    private static string ServiceOf(string target) => target.Split('.')[0] switch
    {
        "Kinesis_20131202" => "kinesis",
        "Firehose_20150804" => "firehose",
        "AmazonAthena" => "athena",
        _ => "glue",
    };
}
