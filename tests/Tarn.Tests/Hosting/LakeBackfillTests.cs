using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Configuration;
using Tarn.ContinuousQueries;
using Tarn.Delivery;
using Tarn.Hosting;
using Tarn.Storage.Access;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Tests.Hosting;

/// <summary>A view over the engines as they are joined: delivered objects first, then the stream, each record once.
/// </summary>
public sealed class LakeBackfillTests
{
    [Fact]
    public async Task View_OverDeliveredRecords_CountsEachOnce_WhileDeliveriesGoOn()
    {
        using var directory = new TempDirectory();
        var options = new TarnOptions { DataDirectory = directory.Path };
        using var host = Engines.Build(options, new AccessKey("AKIATESTTESTTEST", "hush-hush-hush", "root"));
        await host.StartAsync();
        await DeclareAsync(host.Services);
        var views = host.Services.GetRequiredService<IContinuousQueries>();
        using var stop = new CancellationTokenSource();
        await PutAsync(host.Services, 50);
        await FlushAsync(host.Services);
        var sent = 50;
        var load = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                sent += 7;
                await PutAsync(host.Services, 7);
                await FlushAsync(host.Services);
            }
        });

        await RunAsync(views, "CREATE SOURCE scores (n BIGINT) FROM STREAM 'scores' FORMAT JSON");
        for (var round = 0; round < 4; round++)
        {
            await RunAsync(
                views,
                "CREATE OR REPLACE MATERIALIZED VIEW v WITH (backfill = 'lake') AS "
                    + $"SELECT count(*) AS n, sum(n) AS s, {round} AS round FROM scores");
            while (views.Find("v")!.Backfill is { } backfill)
            {
                Assert.Null(backfill.Error);
                await Task.Delay(10);
            }
        }

        await stop.CancelAsync();
        await load;
        await views.CatchUpAsync("v", CancellationToken.None);

        Assert.Null(views.Find("v")!.Error);
        Assert.Equal(sent, views.Find("v")!.Records);
        Assert.True(sent > 50);
        await host.StopAsync();
    }

    private static async Task DeclareAsync(IServiceProvider engines)
    {
        await engines.GetRequiredService<IStreams>().CreateAsync(
            new StreamSpec { Name = "scores", ShardCount = 2 }, CancellationToken.None);
        var catalog = engines.GetRequiredService<ICatalog>();
        await catalog.CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        await catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("raw", "scores"),
                PartitionKeys = [.. LakeLayout.PartitionKeys.Select(key => new Column(key, "string"))],
                Storage = new StorageDescriptor
                {
                    Columns = [new("n", "bigint")],
                    Location = "s3://lake/raw/scores/",
                    InputFormat = Formats.SerDes.SerDeNames.TextInputFormat,
                    OutputFormat = Formats.SerDes.SerDeNames.TextOutputFormat,
                    SerDe = Formats.SerDes.SerDeNames.OpenXJson,
                },
            },
            CancellationToken.None);
        var spec = new DeliverySpec
        {
            Name = "scores-to-lake",
            Source = new DeliverySource.FromStream("scores"),
            Destination = LakeLayout.Of(new TableTarget("raw", "scores")),
        };
        await engines.GetRequiredService<IDeliveryStreams>().PutAsync(spec, CancellationToken.None);
    }

    private static async Task PutAsync(IServiceProvider engines, int count)
    {
        StreamEntry[] entries =
        [
            .. Enumerable.Range(0, count).Select(n => new StreamEntry(
                Encoding.UTF8.GetBytes($"key-{n}"), Encoding.UTF8.GetBytes($"{{\"n\":{n}}}"))),
        ];
        var outcomes = await engines.GetRequiredService<IStreams>().AppendAsync(
            "scores", entries, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }

    private static Task FlushAsync(IServiceProvider engines) =>
        engines.GetRequiredService<IDeliveryStreams>().FlushAsync("scores-to-lake", CancellationToken.None);

    private static Task<string> RunAsync(IContinuousQueries views, string sql) =>
        views.ExecuteAsync(sql, "default", CancellationToken.None);
}
