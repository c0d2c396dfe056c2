using System.Diagnostics;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Streams.Tests;

public sealed class KillTests
{
    private const int Rounds = 4;

    [Fact]
    public async Task Kill_UnderLoad_EveryAcknowledgedRecordIsThereOnceUnderItsNumber()
    {
        using var directory = new TempDirectory();
        var acknowledged = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.AddRange(await AppendUntilKilledAsync(directory.Path, round, lines: 1500 + (round * 700)));
            var stored = await ReadAllAsync(directory.Path);

            Assert.Equal(stored.Count, stored.Select(line => line.Split(' ')[0]).Distinct().Count());
            Assert.Empty(acknowledged.Except(stored));
        }

        Assert.All(Enumerable.Range(0, Rounds), round =>
            Assert.Contains(acknowledged, line => line.StartsWith($"{round}/", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> AppendUntilKilledAsync(string directory, int round, int lines)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(KillTests).Assembly.Location, directory, $"{round}" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            if (seen.Count == lines)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        // The last line may have been cut off by the kill.
        return seen[..^1];
    }

    private static async Task<HashSet<string>> ReadAllAsync(string directory)
    {
        await using var server = await Server.StartAsync(directory);
        var found = new List<string>();
        foreach (var shard in server.Streams.Find("scores")!.Shards)
        {
            var last = SequenceNumber.Zero;
            for (var next = last; ;)
            {
                var batch = await server.Streams.ReadAsync(
                    "scores", shard.ShardId, next, new ReadBounds(700, 1 << 20), CancellationToken.None);
                if (batch.Records.Count == 0)
                {
                    break;
                }

                Assert.All(batch.Records, record =>
                {
                    Assert.True(record.SequenceNumber > last);
                    last = record.SequenceNumber;
                    found.Add($"{Lake.Text(record)} {shard.ShardId} {record.SequenceNumber} ");
                });
                next = batch.Next;
            }
        }

        Assert.Equal(found.Count, found.Distinct().Count());
        return [.. found];
    }
}
