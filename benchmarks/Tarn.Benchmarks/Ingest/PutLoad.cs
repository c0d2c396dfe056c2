using System.Diagnostics;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Ingest;

/// <summary>Puts on several connections, each sending its next request when the last one is answered.</summary>
internal static class PutLoad
{
    public static async Task<PutRound> RunAsync(
        ServerProcess server, IReadOnlyList<byte[]> requests, int connections, TimeSpan duration)
    {
        var cpuBefore = server.CpuTime;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(number => SendAsync(server.Address, requests, number, clock, duration)));
        var elapsed = clock.Elapsed;
        var all = latencies.SelectMany(list => list).ToList();
        var records = (long)all.Count * PutRequests.RecordsPerRequest;
        return new PutRound(
            records,
            records / elapsed.TotalSeconds,
            all.Percentile(0.5),
            all.Percentile(0.99),
            (server.CpuTime - cpuBefore).TotalNanoseconds / records);
    }

    private static async Task<List<double>> SendAsync(
        Uri address, IReadOnlyList<byte[]> requests, int number, Stopwatch clock, TimeSpan duration)
    {
        using var connection = await WireConnection.OpenAsync(address);
        var latencies = new List<double>();
        for (var i = number; clock.Elapsed < duration; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await connection.ExchangeAsync(requests[i % requests.Count]);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.Span.IndexOf("\"FailedRecordCount\":0"u8) < 0)
            {
                throw new InvalidDataException("records were refused: "
                    + System.Text.Encoding.UTF8.GetString(answer.Span[..Math.Min(answer.Length, 400)]));
            }
        }

        return latencies;
    }
}
