using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Scale;

/// <summary>
/// The load of ingest on 16 connections for a long time, and the server's memory every ten seconds. The stream is made
/// anew now and then, so that the disk holds it.
/// </summary>
internal static class SteadyMemory
{
    private const int Shards = 4;
    private const int Connections = 16;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StreamTime = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(string directory, TimeSpan duration)
    {
        using var server = await Targets.StartTarnAsync(directory);
        var client = new StreamClient(server.Address);
        using var stop = new CancellationTokenSource();
        var sampling = SampleAsync(server, stop.Token);
        long records = 0;
        for (var done = TimeSpan.Zero; done < duration; done += StreamTime)
        {
            var stream = $"steady-{done.TotalSeconds:0}";
            await client.CreateAsync(stream, Shards);
            var length = duration - done < StreamTime ? duration - done : StreamTime;
            var requests = PutRequests.Make(server.Address, stream, PutShape.Usual);
            var round = await PutLoad.RunAsync(server, requests, PutShape.Usual, Connections, length)
                ?? throw new TimeoutException("tarn did not answer");
            records += round.Records;
            await client.DeleteAsync(stream);
        }

        await stop.CancelAsync();
        var samples = await sampling;
        var second = samples[(samples.Count / 2)..];
        var table = new FigureTable(
            "Memory under load", "seconds", "records", "samples", "second half, MB: least", "median", "most");
        table.Add(
            FigureText.Number(duration.TotalSeconds), FigureText.Rate(records), FigureText.Number(samples.Count),
            FigureText.Number(second.Min()), FigureText.Number(second.Median()), FigureText.Number(second.Max()));
        table.Print();
        Console.WriteLine();
        Console.WriteLine("samples, MB: " + string.Join(' ', samples.Select(sample => FigureText.Number(sample))));
    }

    private static async Task<List<double>> SampleAsync(ServerProcess server, CancellationToken stop)
    {
        var samples = new List<double> { server.MemoryBytes / 1e6 };
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(SampleInterval, stop));
            samples.Add(server.MemoryBytes / 1e6);
        }

        return samples;
    }
}
