namespace Tarn.Benchmarks.Scale;

/// <summary>What does not show in a rate: how long a start takes, and how much memory stays in use.</summary>
internal sealed class ScaleBenchmark(BenchmarkOptions options, string directory)
{
    public async Task RunAsync()
    {
        await LongShard.RunAsync(Path.Combine(directory, "long"));
        await ManyStreams.RunAsync(Path.Combine(directory, "many"));
        await SteadyMemory.RunAsync(Path.Combine(directory, "steady"), TimeSpan.FromSeconds(options.Seconds));
    }
}
