using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Tests.Alerts;
using Tarn.ContinuousQueries.Tests.Lookups;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.DuckDb;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Identity;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Storage.Metadata;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Streams and views on real files in a directory of their own; can be stopped, crashed and opened
/// again.</summary>
internal sealed class Lake : IAsyncDisposable
{
    public const string ScoresSource = """
        CREATE SOURCE scores (user_id VARCHAR, game VARCHAR, score BIGINT, rating DOUBLE, price DECIMAL(10,2),
          won BOOLEAN, level INTEGER, played TIMESTAMP, day DATE) FROM STREAM 'scores' FORMAT JSON
        """;

    private readonly TempDirectory _directory = new();
    private int _generation;
    private ServiceProvider? _services;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Stands before the sinks' target from the next start on.</summary>
    public Func<ISinkTarget, ISinkTarget>? Target { get; set; }

    /// <summary>It stands before webhooks; else before streams.</summary>
    public bool HangsAtWebhooks { get; set; }

    public InMemoryMetadataStore Metadata { get; } = new();

    /// <summary>What stands before the metadata store from the next start on.</summary>
    public Func<IMetadataStore, IMetadataStore> Wrap { get; set; } = store => store;

    public WebhookStandIn Webhooks { get; } = new();

    public ContinuousQueriesOptions Options { get; set; } = null!;

    /// <summary>From the next start on; null: there is none.</summary>
    public IRecordHistory? History { get; set; }

    public string StreamsDirectory => Path.Combine(_directory.Path, "streams");

    public string ViewsDirectory { get; private set; } = "";

    public IStreams Streams => _services!.GetRequiredService<IStreams>();

    public HeldStreams Held => (HeldStreams)Streams;

    public LakeTables Tables => new(_services!);

    public ContinuousQueryEngine Engine => _services!.GetRequiredService<ContinuousQueryEngine>();

    public static async Task<Lake> OpenAsync(TimeProvider? time = null, int shards = 1,
        TimeSpan? snapshotInterval = null)
    {
        var lake = new Lake { Time = time ?? TimeProvider.System };
        lake.ViewsDirectory = Path.Combine(lake._directory.Path, "views");
        lake.Options = new ContinuousQueriesOptions
        {
            Directory = lake.ViewsDirectory,
            SpillDirectory = Path.Combine(lake._directory.Path, "spill"),
            BatchInterval = TimeSpan.FromMilliseconds(1),
            AlertInterval = TimeSpan.Zero,
            SnapshotInterval = snapshotInterval ?? TimeSpan.FromHours(1),
            TrimRowsMin = 16,
        };
        await lake.StartAsync();
        await lake.Streams.CreateAsync(new StreamSpec { Name = "scores", ShardCount = shards }, CancellationToken.None);
        await lake.RunAsync(ScoresSource);
        return lake;
    }

    public async Task StartAsync()
    {
        var services = LakeTables.AddServices(new ServiceCollection(), Path.Combine(_directory.Path, "lake"))
            .AddLogging()
            .AddSingleton(Time)
            .AddSingleton(IdSource.System)
            .AddSingleton(Wrap(Metadata))
            .AddSingleton<IWebhooks>(Webhooks)
            .AddStreams(new StreamsOptions { Directory = StreamsDirectory })
            .AddContinuousQueries(Options);
        services.RemoveAll<ISinkTarget>().AddSingleton(provider =>
        {
            var target = new StreamSink(provider.GetRequiredService<IStreams>());
            return HangsAtWebhooks ? target : Target?.Invoke(target) ?? target;
        });
        services.AddSingleton<ISinkTarget>(provider =>
        {
            var target = new WebhookSink(
                Webhooks, new RetryPauses(new Random(1)), provider.GetRequiredService<TimeProvider>());
            return HangsAtWebhooks ? Target?.Invoke(target) ?? target : target;
        });

        var streams = services.Last(service => service.ServiceType == typeof(IStreams)).ImplementationFactory!;
        if (History is not null)
        {
            services.AddSingleton(History);
        }

        _services = services
            .AddSingleton<IStreams>(provider => new HeldStreams((IStreams)streams(provider)))
            .BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        foreach (var hosted in _services!.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services!.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>
    /// Goes on as after a kill: the views' files are taken as they are at this moment, without the last snapshot of an
    /// orderly stop.
    /// </summary>
    /// <param name="damage">What the kill did to the files besides.</param>
    public async Task CrashAsync(Action<string>? damage = null)
    {
        var copy = Path.Combine(_directory.Path, $"views-{++_generation}");
        CopyDirectory(ViewsDirectory, copy);
        await StopAsync();
        damage?.Invoke(copy);
        ViewsDirectory = copy;
        Options = Options with { Directory = copy };
        await StartAsync();
    }

    public Task<string> RunAsync(string sql) => Engine.ExecuteAsync(sql, "default", CancellationToken.None);

    public Task<StatementRows> ReadAsync(string sql) => Engine.ReadAsync(sql, "default", CancellationToken.None);

    public Task PutAsync(params IReadOnlyList<string> payloads) => PutAsync("scores", payloads);

    public async Task PutAsync(string stream, IReadOnlyList<string> payloads)
    {
        var entries = payloads.Select((payload, i) => new StreamEntry(
            Encoding.UTF8.GetBytes($"key-{payload.Length}-{i}"), Encoding.UTF8.GetBytes(payload))).ToList();
        foreach (var chunk in entries.Chunk(500))
        {
            var outcomes = await Streams.AppendAsync(stream, chunk, CancellationToken.None);
            Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        }
    }

    public Task CatchUpAsync(string view) =>
        Engine.CatchUpAsync(view, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Returns once all that the sink's streams hold has left it.</summary>
    public async Task SettleAsync(string sink)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Engine.FindSink(sink)!.Loop.CatchUpAsync(limit.Token);
        while (!Engine.FindSink(sink)!.IsSettled)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>All that a stream holds, shard after shard.</summary>
    public async Task<IReadOnlyList<StreamRecord>> RecordsAsync(string stream)
    {
        var records = new List<StreamRecord>();
        foreach (var shard in Streams.Find(stream)!.Shards)
        {
            var from = shard.StartingSequenceNumber;
            while (await Streams.ReadAsync(
                stream, shard.ShardId, from, new ReadBounds(10_000, 8 << 20), CancellationToken.None) is
                { Records.Count: > 0 } read)
            {
                records.AddRange(read.Records);
                from = read.Next;
            }
        }

        return records;
    }

    /// <summary>The payloads that a stream holds, ordered.</summary>
    public async Task<IReadOnlyList<string>> PayloadsAsync(string stream) =>
        [.. (await RecordsAsync(stream)).Select(record => Encoding.UTF8.GetString(record.Data.Span))
            .Order(StringComparer.Ordinal)];

    /// <summary>The view's rows once it has caught up, as text, ordered.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string view)
    {
        await CatchUpAsync(view);
        return await RowsNowAsync(view);
    }

    /// <summary>The view's rows as they stand, read as the query engine reads them.</summary>
    public async Task<IReadOnlyList<string>> RowsNowAsync(string view)
    {
        var table = await ((ITableSource)Engine).OpenAsync(new TableName("default", view), CancellationToken.None);
        using var duckDb = OpenDuckDb("reader");
        using var session = duckDb.OpenSession();
        session.RegisterTable("v", table!);
        return await TextRows.ReadAsync(session, "SELECT * FROM v");
    }

    /// <summary>A view as the query engine reads it.</summary>
    public ValueTask<INativeTable?> OpenTableAsync(string view) =>
        ((ITableSource)Engine).OpenAsync(new TableName("default", view), CancellationToken.None);

    /// <summary>Columns of a table that is beside a view, ordered.</summary>
    public async Task<IReadOnlyList<string>> TableAsync(string table, string columns)
    {
        var rows = await ((ITableSource)Engine).OpenAsync(new TableName("default", table), CancellationToken.None);
        using var duckDb = OpenDuckDb("reader");
        using var session = duckDb.OpenSession();
        session.RegisterTable("v", rows!);
        return await TextRows.ReadAsync(session, $"SELECT {columns} FROM v");
    }

    /// <summary>The view's rows once there are so many, as text, ordered: for what time brings.</summary>
    public async Task<IReadOnlyList<string>> RowsOnceThereAsync(string view, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await RowsAsync(view) is var rows && rows.Count >= count)
            {
                return rows;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Completes when no new version of the view counts beside it, and the former one's files are gone.
    /// </summary>
    public async Task UntilReplacedAsync(string view)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Status(view).Backfill is not null
            || (Directory.Exists(ViewsDirectory)
                && Directory.GetDirectories(ViewsDirectory).Length > Engine.List().Count))
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>A new version's progress once it knows how much there is.</summary>
    public async Task<BackfillStatus> BackfillOnceOpenAsync(string view)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Status(view).Backfill is not { RecordsInAll: > 0 })
        {
            await Task.Delay(10, limit.Token);
        }

        return Status(view).Backfill!;
    }

    public ViewStatus Status(string view) => Engine.Find(view)!;

    public IAsyncEnumerator<ViewChanges> Subscribe(string view, TimeSpan interval,
        CancellationToken cancellation = default) =>
        Engine.SubscribeAsync(view, interval, since: null, cancellation).GetAsyncEnumerator(cancellation);

    public IDuckDb OpenDuckDb(string name) => DuckDbInstance.Open(new DuckDbOptions
    {
        AllowedDirectories = [],
        TempDirectory = Path.Combine(_directory.Path, "temp-" + name),
        Threads = 1,
    });

    public string ViewFolder(string view) => Path.Combine(ViewsDirectory, Engine.FindRunner(view)!.Spec.Id);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private static void CopyDirectory(string from, string to)
    {
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            try
            {
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                using var target = File.Create(copy);
                source.CopyTo(target);
            }
            catch (FileNotFoundException)
            {
                // Renamed or removed since it was listed: the kill came a moment later.
            }
        }
    }
}
