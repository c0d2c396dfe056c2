using System.Diagnostics;
using System.Globalization;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Streams.Tests.Processes;

/// <summary>
/// A process that appends under load is killed (SIGKILL) again and again. <c>TARN_KILL_ROUNDS=200</c> makes it the long
/// run; <c>TARN_KILL_SEED</c> another one.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int RoundsByDefault = 12;
    private const int SeedByDefault = 20261123;

    /// <summary>Everything is read again this often; else only what is new.</summary>
    private const int RoundsBetweenFullReads = 10;

    [Fact]
    public async Task Kill_UnderLoad_AcknowledgedRecordsAreAllThereInOrderAndNoneTwice()
    {
        var rounds = Setting("TARN_KILL_ROUNDS", RoundsByDefault);
        var seed = Setting("TARN_KILL_SEED", SeedByDefault);
        using var directory = new TempDirectory();
        var kept = new KeptRecords();
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(HashCode.Combine(seed, round));
            // Some are killed as soon as the first answer is seen, while the log is being written for the first time.
            var lines = round % 5 == 4 ? 1 : random.Next(1, 4000);
            var acknowledged = await AppendUntilKilledAsync(directory.Path, round, seed, lines);

            await using var server = await Server.StartAsync(directory.Path);
            var isFull = round % RoundsBetweenFullReads == RoundsBetweenFullReads - 1 || round == rounds - 1;
            await kept.ReadAsync(server.Streams, fromStart: isFull);
            Assert.DoesNotContain(acknowledged, line => !kept.Contains(line));
            kept.Acknowledged(acknowledged);
        }

        output.WriteLine(
            $"{rounds} rounds, seed {seed}: {kept.AcknowledgedCount} records acknowledged, {kept.Count} stored in "
            + $"{kept.ShardCount} shards");
        Assert.InRange(kept.AcknowledgedCount, rounds * 100, kept.Count);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    private static async Task<List<string>> AppendUntilKilledAsync(string directory, int round, int seed, int lines)
    {
        using var process = Process.Start(TestProcess.Start(AppendLoad.Name, directory, $"{round}", $"{seed}"))!;
        var errors = process.StandardError.ReadToEndAsync();
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
        Assert.True(seen.Count >= lines, await errors);
        // The last line may have been cut off by the kill.
        return [.. seen.Where(line => line.EndsWith(" .", StringComparison.Ordinal))];
    }
}
