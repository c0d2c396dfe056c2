using System.Diagnostics;
using System.Text;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Ingest;

/// <summary>Puts on several connections, each sending its next request when the last one is answered.</summary>
internal static class PutLoad
{
    /// <summary>The AWS SDKs' own default is of this order.</summary>
    public static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>Null: the server did not answer a request in time.</summary>
    public static async Task<PutRound?> RunAsync(
        ServerProcess server, IReadOnlyList<byte[]> requests, PutShape shape, int connections, TimeSpan duration)
    {
        var allocatedBefore = await server.AllocatedAsync();
        var cpuBefore = server.CpuTime;
        var clock = Stopwatch.StartNew();
        List<double>[] latencies;
        try
        {
            latencies = await Task.WhenAll(Enumerable.Range(0, connections)
                .Select(number => SendAsync(server.Address, requests, shape, number, clock, duration)))
                .WaitAsync(duration + AnswerTimeMax);
        }
        catch (TimeoutException)
        {
            return null;
        }

        var elapsed = clock.Elapsed;
        var cpu = server.CpuTime - cpuBefore;
        var all = latencies.SelectMany(list => list).ToList();
        var records = (long)all.Count * shape.Records;
        return new PutRound(
            records,
            records / elapsed.TotalSeconds,
            all.Percentile(0.5),
            all.Percentile(0.99),
            cpu.TotalNanoseconds / records,
            (await server.AllocatedAsync() - allocatedBefore) / (double)records);
    }

    private static async Task<List<double>> SendAsync(
        Uri address, IReadOnlyList<byte[]> requests, PutShape shape, int number, Stopwatch clock, TimeSpan duration)
    {
        var success = Encoding.ASCII.GetBytes(shape.Success);
        using var connection = await WireConnection.OpenAsync(address);
        var latencies = new List<double>();
        for (var i = number; clock.Elapsed < duration; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await connection.ExchangeAsync(requests[i % requests.Count]);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.Span.IndexOf(success) < 0)
            {
                throw new InvalidDataException("records were refused: "
                    + Encoding.UTF8.GetString(answer.Span[..Math.Min(answer.Length, 400)]));
            }
        }

        return latencies;
    }
}
