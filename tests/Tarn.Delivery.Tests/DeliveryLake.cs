using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Tests.Destinations;
using Tarn.Delivery.Tests.Notifications;
using Tarn.Delivery.Tests.Processing;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

/// <summary>
/// A lake on a directory with real streams, storage and catalog, and delivery on top, its stores as faulty as
/// asked. Closing it and opening another on the same directory is a restart. Time stands still unless the test
/// moves it.
/// </summary>
internal sealed class DeliveryLake : IAsyncDisposable
{
    /// <summary>Stream scores into the lake's own layout.</summary>
    public static readonly DeliverySpec Spec = new()
    {
        Name = "scores-to-lake",
        Source = new DeliverySource.FromStream("scores"),
        Destination = LakeLayout.Of(new TableTarget("raw", "scores")),
    };

    public static readonly TableName Scores = new("raw", "scores");

    private readonly ServiceProvider _below;
    private readonly ServiceProvider _services;
    private bool _isClosed;

    private DeliveryLake(ServiceProvider below, ServiceProvider services, FakeTimeProvider time)
    {
        _below = below;
        _services = services;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public IDeliveryStreams Delivery => _services.GetRequiredService<IDeliveryStreams>();

    public Query.Sources.IHybridTables Hybrid => _services.GetRequiredService<Query.Sources.IHybridTables>();

    public IDeliveredRecords History => _services.GetRequiredService<IDeliveredRecords>();

    public IServiceProvider Below => _below;

    public IStreams Streams => _below.GetRequiredService<IStreams>();

    public IObjectStore Store => _below.GetRequiredService<IObjectStore>();

    public IEventOutbox Outbox => _below.GetRequiredService<IEventOutbox>();

    public IBucketNotifications Notifications => _below.GetRequiredService<IBucketNotifications>();

    public ICatalog Catalog => _below.GetRequiredService<ICatalog>();

    public static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 23, 4, 30, 0, TimeSpan.Zero));

    public static Task<DeliveryLake> OpenAsync(string directory, FakeTimeProvider time, Faults faults) =>
        OpenAsync(directory, time, faults, new ScriptedFunctions(), new ScriptedEndpoint());

    public static Task<DeliveryLake> OpenAsync(
        string directory,
        FakeTimeProvider time,
        Faults faults,
        IRecordFunctions functions,
        IRecordEndpoint endpoint) => OpenAsync(directory, time, faults, functions, endpoint, new DeliveryOptions());

    public static async Task<DeliveryLake> OpenAsync(
        string directory,
        FakeTimeProvider time,
        Faults faults,
        IRecordFunctions functions,
        IRecordEndpoint endpoint,
        DeliveryOptions options)
    {
        var below = Basics(time)
            .AddStorage(new StorageOptions
            {
                DataDirectory = directory,
                RootKey = new AccessKey("AKIAIOSFODNN7EXAMPLE", "a-secret-of-the-tests", "root"),
            })
            .AddStreams(new StreamsOptions { Directory = Path.Combine(directory, "streams") })
            .AddCatalog()
            .BuildServiceProvider();
        await StartAsync(below);
        var services = Basics(time)
            .AddSingleton(below.GetRequiredService<IStreams>())
            .AddSingleton(below.GetRequiredService<ICatalog>())
            .AddSingleton<IObjectStore>(new FaultyObjectStore(below.GetRequiredService<IObjectStore>(), faults))
            .AddSingleton<IMetadataStore>(new FaultyMetadataStore(below.GetRequiredService<IMetadataStore>(), faults))
            .AddSingleton<IEventOutbox>(new FaultyOutbox(below.GetRequiredService<IEventOutbox>(), faults))
            .AddSingleton(functions)
            .AddSingleton(endpoint)
            .AddDelivery(options with
            {
                DiscoveryInterval = TimeSpan.FromMilliseconds(50),
                ScanInterval = TimeSpan.FromMilliseconds(10),
                RetryDelayMin = TimeSpan.FromMilliseconds(20),
                RetryDelayMax = TimeSpan.FromMilliseconds(50),
            })
            .BuildServiceProvider();
        await StartAsync(services);
        return new DeliveryLake(below, services, time);
    }

    /// <summary>Opened for the first time: with stream and table.</summary>
    public static Task<DeliveryLake> CreateAsync(string directory, FakeTimeProvider time, Faults faults) =>
        CreateAsync(directory, time, faults, new ScriptedFunctions(), new ScriptedEndpoint());

    public static async Task<DeliveryLake> CreateAsync(
        string directory,
        FakeTimeProvider time,
        Faults faults,
        IRecordFunctions functions,
        IRecordEndpoint endpoint)
    {
        var lake = await OpenAsync(directory, time, faults, functions, endpoint);
        await lake.Streams.CreateAsync(new StreamSpec { Name = "scores" }, CancellationToken.None);
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        await lake.Catalog.CreateTableAsync(ScoresTable(), CancellationToken.None);
        return lake;
    }

    public static Table ScoresTable() => new()
    {
        Name = Scores,
        PartitionKeys = [new("year", "string"), new("month", "string"), new("day", "string"), new("hour", "string")],
        Storage = new StorageDescriptor
        {
            Columns = [new("n", "bigint")],
            Location = "s3://lake/raw/scores/",
            InputFormat = SerDeNames.TextInputFormat,
            OutputFormat = SerDeNames.TextOutputFormat,
            SerDe = SerDeNames.OpenXJson,
        },
    };

    /// <summary><see cref="Spec"/> with another output.</summary>
    public static DeliverySpec With(Func<ObjectOutput, ObjectOutput> change)
    {
        var objects = (ObjectDestination)Spec.Destination;
        return Spec with { Destination = objects with { Output = change(objects.Output) } };
    }

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(params string[] payloads)
    {
        var entries = payloads.Select((payload, index) => new StreamEntry(
            Encoding.UTF8.GetBytes($"key-{index}"), Encoding.UTF8.GetBytes(payload))).ToList();
        var outcomes = await Streams.AppendAsync("scores", entries, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        return outcomes;
    }

    /// <summary>Flushes while time goes on, so that pauses between attempts end.</summary>
    public async Task FlushAsync(string name = "scores-to-lake")
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var flush = Delivery.FlushAsync(name, giveUp.Token);
        while (await Task.WhenAny(flush, Task.Delay(2)) != flush)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        await flush;
    }

    /// <summary>Lets a little time pass until it is so; fails after 20 s of real time.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            await Task.Delay(2, giveUp.Token);
            Time.Advance(TimeSpan.FromMilliseconds(5));
        }
    }

    public Task UntilAsync(Func<DeliveryStatus, bool> isSo) =>
        UntilAsync(async () => isSo((await Delivery.FindAsync(Spec.Name, CancellationToken.None))!));

    /// <summary>All keys of the bucket below the prefix, in order.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var page = await Store.ListAsync("lake", new ObjectListing { Prefix = prefix }, CancellationToken.None);
        Assert.Null(page.NextAfter);
        return [.. page.Objects.Select(info => info.Key.Key)];
    }

    /// <summary>The object's text, decompressed as its name says.</summary>
    public async Task<string> ReadAsync(string key)
    {
        await using var content = await Store.OpenAsync(new ObjectKey("lake", key), null, CancellationToken.None);
        Assert.NotNull(content);
        return await ObjectText.ReadAsync(content.Body, key);
    }

    /// <summary>The lines of all objects below the prefix, in key order.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string prefix = "raw/scores/")
    {
        var lines = new List<string>();
        foreach (var key in await KeysAsync(prefix))
        {
            lines.AddRange((await ReadAsync(key)).TrimEnd('\n').Split('\n'));
        }

        return lines;
    }

    /// <summary>The folders that the catalog knows must be those that hold objects.</summary>
    public async Task ExpectPartitionsToEqualFoldersAsync()
    {
        var partitions = await Catalog.ListPartitionsAsync(Scores, CancellationToken.None);
        var folders = (await KeysAsync("raw/scores/")).Select(key => $"s3://lake/{key[..(key.LastIndexOf('/') + 1)]}");
        Assert.Equal(folders.Distinct(), partitions.Select(partition => partition.Location));
    }

    /// <summary>May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        await StopAsync(_services);
        await _services.DisposeAsync();
        await StopAsync(_below);
        await _below.DisposeAsync();
    }

    private static IServiceCollection Basics(FakeTimeProvider time) => new ServiceCollection()
        .AddSingleton<TimeProvider>(time)
        .AddSingleton(IdSource.System)
        .AddSingleton(new LakeIdentity())
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private static async Task StopAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
