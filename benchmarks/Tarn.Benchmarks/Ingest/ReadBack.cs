using System.Diagnostics;
using System.Text;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest;

/// <summary>Drains a stream with GetRecords, a connection per shard, and counts what it gets.</summary>
internal static class ReadBack
{
    /// <summary>The most that GetRecords gives.</summary>
    public const int RecordsPerAnswer = 10_000;

    private static ReadOnlySpan<byte> RecordMark => "\"SequenceNumber\":"u8;

    public static Task<ReadRound> RunAsync(ServerProcess server, string stream, IReadOnlyList<string> shards) =>
        MeasureAsync(server, shards.Select(shard => DrainAsync(server.Address, stream, shard)));

    /// <summary>The ceiling: as many answers of a server that has them ready.</summary>
    public static Task<ReadRound> RunCeilingAsync(ServerProcess server, int connections, int answers) =>
        MeasureAsync(server, Enumerable.Range(0, connections).Select(_ => RepeatAsync(server.Address, answers)));

    private static async Task<ReadRound> MeasureAsync(ServerProcess server, IEnumerable<Task<long>> readers)
    {
        var cpuBefore = server.CpuTime;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(readers);
        var elapsed = clock.Elapsed;
        var records = counts.Sum();
        return new ReadRound(
            records, records / elapsed.TotalSeconds, (server.CpuTime - cpuBefore).TotalNanoseconds / records);
    }

    private static async Task<long> RepeatAsync(Uri address, int answers)
    {
        using var connection = await WireConnection.OpenAsync(address);
        var request = new RequestSigner(BenchmarkLake.Key, WireService.Kinesis, address).Sign("GetRecords", "{}"u8);
        long total = 0;
        for (var i = 0; i < answers; i++)
        {
            total += (await connection.ExchangeAsync(request)).Span.Count(RecordMark);
        }

        return total;
    }

    private static async Task<long> DrainAsync(Uri address, string stream, string shard)
    {
        using var connection = await WireConnection.OpenAsync(address);
        var signer = new RequestSigner(BenchmarkLake.Key, WireService.Kinesis, address);
        var iterator = await new StreamClient(address).IteratorAsync(stream, shard);
        for (long total = 0; ;)
        {
            var body = Encoding.ASCII.GetBytes($"{{\"ShardIterator\":\"{iterator}\"}}");
            var answer = await connection.ExchangeAsync(signer.Sign("GetRecords", body));
            var count = answer.Span.Count(RecordMark);
            if (count == 0)
            {
                return total;
            }

            total += count;
            iterator = NextIterator(answer.Span);
        }
    }

    private static string NextIterator(ReadOnlySpan<byte> answer)
    {
        var name = "\"NextShardIterator\":\""u8;
        var start = answer.LastIndexOf(name);
        if (start < 0)
        {
            throw new InvalidDataException("an answer without NextShardIterator: an open shard has no end");
        }

        var rest = answer[(start + name.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
