using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.DuckDb;
using Tarn.Jobs;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Console.Tests;

/// <summary>
/// The real console on a free port over the real engines in a new directory, with one live view of scores.
/// </summary>
public sealed class Lake : IAsyncLifetime, IDisposable
{
    public const string View =
        "CREATE MATERIALIZED VIEW games AS SELECT user_id, count(*) AS games FROM scores GROUP BY user_id";

    private const string Source =
        "CREATE SOURCE scores (user_id VARCHAR, score BIGINT) FROM STREAM 'scores' FORMAT JSON";

    private readonly TempDirectory _directory = new();
    private IHost _engines = null!;
    private ConsoleServer _console = null!;

    public static AccessKey Key { get; } = new("TARNTESTKEY000000001", "a secret of the tests", "root");

    public IServiceProvider Engines => _engines.Services;

    public Uri Address => _console.Address;

    /// <summary>Sends the access key with every request.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Add(builder.Services);
        _engines = builder.Build();
        await _engines.StartAsync();
        _console = await ConsoleServer.StartAsync(Engines, new ConsoleServerOptions { Port = 0 }, default);
        Client = Anonymous();
        Client.DefaultRequestHeaders.Authorization = Basic(Key.AccessKeyId, Key.Secret);
        await Engines.GetRequiredService<IObjectStore>().CreateBucketAsync("lake", default);
        var streams = Engines.GetRequiredService<IStreams>();
        await streams.CreateAsync(new StreamSpec { Name = "scores" }, default);
        var views = Engines.GetRequiredService<IContinuousQueries>();
        await views.ExecuteAsync(Source, "default", default);
        await views.ExecuteAsync(View, "default", default);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _console.StopAsync(default);
        await _console.DisposeAsync();
        await _engines.StopAsync();
        if (_engines is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A browser that is not signed in: keeps cookies, follows no redirect.</summary>
    public HttpClient Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    public async Task PutAsync(params string[] records)
    {
        var entries = records.Select(record => new StreamEntry("k"u8.ToArray(), Encoding.UTF8.GetBytes(record)));
        var outcomes = await Engines.GetRequiredService<IStreams>().AppendAsync("scores", [.. entries], default);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    public async Task<JsonElement> PostAsync(string path, object body) =>
        await ReadAsync(await Client.PostAsJsonAsync(path, body));

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    private void Add(IServiceCollection services)
    {
        string Folder(string name) => Path.Combine(_directory.Path, name);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(IdSource.System);
        services.AddSingleton(new LakeIdentity());
        services.AddStorage(new StorageOptions { DataDirectory = _directory.Path, RootKey = Key });
        services.AddStreams(new StreamsOptions { Directory = Folder("streams") });
        services.AddCatalog();
        services.AddSingleton(provider => new DuckDbOptions
        {
            AllowedDirectories = [.. provider.GetRequiredService<IObjectStore>().LocalDirectories, Folder("spill")],
            TempDirectory = Folder("spill"),
        });
        services.AddSingleton(provider => DuckDbInstance.Open(provider.GetRequiredService<DuckDbOptions>()));
        services.AddQuery(new QueryOptions());
        services.AddDelivery(new DeliveryOptions());
        services.AddContinuousQueries(new ContinuousQueriesOptions
        {
            Directory = Folder("views"),
            SpillDirectory = Folder("view-spill"),
        });
        services.AddJobs(new JobsOptions());
        services.AddDashboards();
    }
}
