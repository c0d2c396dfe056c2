using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// Random sequences of operations through the real door, in JSON and in CBOR, must do what a small model of Kinesis
/// says. TARN_PROPERTY_SEED names the first seed and TARN_PROPERTY_SEQUENCES how many are run, each with the next seed.
/// </summary>
public sealed class RandomSequenceTests
{
    private const int Lanes = 4;
    private const int FirstSeed = 1;
    private const int Sequences = 300;

    [Fact]
    public async Task Sequences_OfRandomOperations_DoWhatTheModelSays()
    {
        var first = Setting("TARN_PROPERTY_SEED") ?? FirstSeed;
        var count = Setting("TARN_PROPERTY_SEQUENCES") ?? Sequences;
        using var stop = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => RunAsync(
            Enumerable.Range(first, count).Where(seed => seed % Lanes == lane), stop)));

        var failures = (await Task.WhenAll(lanes)).OfType<(int Seed, string Failure)>().ToList();

        if (failures.Count > 0)
        {
            var (seed, failure) = failures[0];
            Assert.Fail(await ReportAsync(seed, failure));
        }
    }

    private static async Task<(int Seed, string Failure)?> RunAsync(
        IEnumerable<int> seeds, CancellationTokenSource stop)
    {
        var scene = new AwsScene();
        await scene.InitializeAsync();
        try
        {
            foreach (var seed in seeds.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                try
                {
                    await SequenceRun.RunAsync(
                        scene, $"s{seed}", Step.Sequence(new Random(seed)), inCbor: InCbor(seed));
                }
                catch (Mismatch failure)
                {
                    await stop.CancelAsync();
                    return (seed, failure.Message);
                }
            }
        }
        finally
        {
            await scene.DisposeAsync();
        }

        return null;
    }

    private static async Task<string> ReportAsync(int seed, string failure)
    {
        var whole = Step.Sequence(new Random(seed));
        var (steps, shrunk) = await Shrinker.ShrinkAsync(whole, failure, InCbor(seed));
        return $"seed {seed} in {(InCbor(seed) ? "CBOR" : "JSON")}: {failure}\n\n"
            + $"shrunk from {whole.Count} to {steps.Count} steps: {shrunk}\n"
            + string.Join('\n', steps.Select((step, i) => $"  {i} {step}"));
    }

    /// <summary>Lanes are by the remainder of four: two speak each.</summary>
    private static bool InCbor(int seed) => seed % 2 == 1;

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text) : null;
}
