using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Benchmarks.Scale;

/// <summary>
/// One shard of 10 GiB: how long a start takes, and a seek by time after it. Only storage and streams run. The files
/// are in the page cache as far as it holds them.
/// </summary>
internal static class LongShard
{
    private const string Stream = "long";
    private const long BytesTotal = 10L << 30;
    private const int RecordBytes = 16_000;
    private const int RecordsPerCall = 500;
    private const int SeekCount = 9;

    public static async Task RunAsync(string directory)
    {
        Console.WriteLine($"writing {BytesTotal >> 30} GiB ...");
        DateTimeOffset from, to;
        string shard;
        var empty = Stopwatch.StartNew();
        await using (var lake = await OpenAsync(directory))
        {
            empty.Stop();
            var streams = lake.GetRequiredService<IStreams>();
            shard = (await streams.CreateAsync(
                new StreamSpec { Name = Stream, Durability = StreamDurability.OperatingSystem },
                CancellationToken.None)).Shards[0].ShardId;
            from = DateTimeOffset.UtcNow;
            await FillAsync(streams);
            to = DateTimeOffset.UtcNow;
            await StopAsync(lake);
        }

        var clock = Stopwatch.StartNew();
        await using (var lake = await OpenAsync(directory))
        {
            var opened = clock.Elapsed;
            var streams = lake.GetRequiredService<IStreams>();
            var seeks = new List<double>();
            for (var i = 1; i <= SeekCount; i++)
            {
                var time = from + ((to - from) * i / (SeekCount + 1));
                clock.Restart();
                var number = await streams.ResolveAsync(
                    Stream, shard, new StartPosition.AtTime(time), CancellationToken.None);
                seeks.Add(clock.Elapsed.TotalMilliseconds);
                var read = await streams.ReadAsync(
                    Stream, shard, number, new ReadBounds(1, 1), CancellationToken.None);
                Totals.MustEqual(1, read.Records.Count, "records read where the time was found");
            }

            var table = new FigureTable("A shard of 10 GiB, after a stop", "what", "ms");
            table.Add("start with nothing stored", FigureText.Number(empty.Elapsed.TotalMilliseconds));
            table.Add("start with the shard", FigureText.Number(opened.TotalMilliseconds));
            table.Add("seek by time, first", FigureText.Number(seeks[0]));
            table.Add("seek by time, median", FigureText.Number(seeks.Median()));
            table.Add("seek by time, slowest", FigureText.Number(seeks.Max()));
            table.Print();
            await StopAsync(lake);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task FillAsync(IStreams streams)
    {
        var data = new byte[RecordBytes];
        new Random(1).NextBytes(data);
        var entries = Enumerable.Repeat(new StreamEntry("k"u8.ToArray(), data), RecordsPerCall).ToArray();
        for (long written = 0; written < BytesTotal; written += (long)RecordBytes * RecordsPerCall)
        {
            var outcomes = await streams.AppendAsync(Stream, entries, CancellationToken.None);
            Totals.MustEqual(0, outcomes.Count(outcome => outcome.Error is not null), "records refused");
        }
    }

    private static async Task<ServiceProvider> OpenAsync(string directory)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(IdSource.System)
            .AddStorage(new StorageOptions { DataDirectory = directory, RootKey = BenchmarkLake.Key })
            .AddStreams(new StreamsOptions { Directory = Path.Combine(directory, "streams") })
            .BuildServiceProvider();
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        return services;
    }

    private static async Task StopAsync(ServiceProvider services)
    {
        foreach (var hosted in services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }
    }
}
