using System.Diagnostics;
using System.Globalization;
using Tarn.DuckDb;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>
/// A process that delivers under load into a store that fails is killed (SIGKILL) again and again.
/// <c>TARN_KILL_ROUNDS=100</c> makes it the long run; <c>TARN_KILL_SEED</c> another one.
/// </summary>
public sealed class DeliveryKillTests(ITestOutputHelper output)
{
    private const int RoundsByDefault = 3;
    private const int SeedByDefault = 20261123;

    /// <summary>Everything is delivered and read back this often, and at the end.</summary>
    private const int RoundsBetweenChecks = 10;

    [Fact]
    public async Task Kill_UnderLoadAndFaults_ObjectsHoldEveryAcknowledgedRecordOnce()
    {
        var rounds = Setting("TARN_KILL_ROUNDS", RoundsByDefault);
        var seed = Setting("TARN_KILL_SEED", SeedByDefault);
        using var directory = new TempDirectory();
        var sent = new SentRecords();
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(HashCode.Combine(seed, round));
            await PutUntilKilledAsync(directory.Path, round, seed, random.Next(1, 5000), sent);
            if (round % RoundsBetweenChecks == RoundsBetweenChecks - 1 || round == rounds - 1)
            {
                await CheckAsync(directory.Path, sent);
            }
        }

        output.WriteLine($"{rounds} rounds, seed {seed}: {sent.Count} records acknowledged");
        Assert.True(sent.Count >= rounds * 10, $"only {sent.Count} were acknowledged");
    }

    private static async Task PutUntilKilledAsync(
        string directory, int round, int seed, int acknowledgements, SentRecords sent)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(KillLoad).Assembly.Location, KillLoad.Name, directory, $"{round}", $"{seed}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var seen = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may have been cut off by the kill.
            if (line.EndsWith(" .", StringComparison.Ordinal))
            {
                sent.Acknowledged(line[..^2]);
            }

            if (++seen == acknowledgements)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(seen >= acknowledgements, await errors);
    }

    private static async Task CheckAsync(string directory, SentRecords sent)
    {
        await using var server = await KillServer.StartAsync(directory, Faults.None);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        foreach (var delivery in await server.Delivery.ListAsync(giveUp.Token))
        {
            await server.Delivery.FlushAsync(delivery.Spec.Name, giveUp.Token);
        }

        using var duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [directory], TempDirectory = Path.Combine(directory, "spill"), Threads = 1,
        });
        await new KeptObjects(server, duckDb).CheckAsync(sent);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
