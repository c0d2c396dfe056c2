using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Tests.Lookups;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Query.Sources;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>Storage, streams and views as the executable joins them, in real time, with many snapshots.</summary>
internal sealed class KillServer : IAsyncDisposable
{
    /// <summary>So often that many kills fall into the writing of one.</summary>
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromMilliseconds(20);

    private readonly ServiceProvider _services;

    private KillServer(ServiceProvider services) => _services = services;

    public IStreams Streams => _services.GetRequiredService<IStreams>();

    public LakeTables Tables => new(_services);

    public ContinuousQueryEngine Views => _services.GetRequiredService<ContinuousQueryEngine>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<KillServer> StartAsync(string directory)
    {
        var server = new KillServer(LakeTables.AddServices(new ServiceCollection(), directory)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(IdSource.System)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddStreams(new StreamsOptions { Directory = Path.Combine(directory, "streams") })
            .AddCatalog()
            .AddContinuousQueries(new ContinuousQueriesOptions
            {
                Directory = Path.Combine(directory, "views"),
                SpillDirectory = Path.Combine(directory, "spill"),
                BatchInterval = TimeSpan.FromMilliseconds(5),
                SnapshotInterval = SnapshotInterval,
            })
            .BuildServiceProvider());
        foreach (var service in server._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return server;
    }

    public Task<string> RunAsync(string sql) => Views.ExecuteAsync(sql, "default", CancellationToken.None);

    /// <summary>A view's rows as the query engine reads them.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(IDuckDb duckDb, string view)
    {
        var table = await ((ITableSource)Views).OpenAsync(new TableName("default", view), CancellationToken.None);
        using var session = duckDb.OpenSession();
        session.RegisterTable("v", table!);
        return await TextRows.ReadAsync(session, "SELECT * FROM v");
    }

    /// <summary>The view's statement once no new version of it counts any longer.</summary>
    public async Task<string> UntilReplacedAsync(string view, CancellationToken cancellation)
    {
        while (Views.Find(view)!.Backfill is { } backfill)
        {
            Assert.Null(backfill.Error);
            await Task.Delay(5, cancellation);
        }

        return Views.Find(view)!.Sql;
    }

    /// <summary>All records that the stream holds.</summary>
    public async Task<IReadOnlyList<string>> PayloadsAsync()
    {
        var payloads = new List<string>();
        foreach (var shard in Streams.Find(EventTable.Stream)!.Shards)
        {
            var next = shard.StartingSequenceNumber;
            ReadBatch batch;
            do
            {
                batch = await Streams.ReadAsync(
                    EventTable.Stream, shard.ShardId, next, new ReadBounds(10_000, 16 << 20), CancellationToken.None);
                payloads.AddRange(batch.Records.Select(record => Encoding.UTF8.GetString(record.Data.Span)));
                next = batch.Next;
            }
            while (batch.Records.Count > 0);
        }

        return payloads;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
