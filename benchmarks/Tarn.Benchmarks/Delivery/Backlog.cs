using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Delivery;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// What runs in the process that <see cref="BacklogBenchmark"/> starts: a lake opened on a log of which nothing was
/// delivered, caught up at full speed. It writes one line of figures at its end.
/// </summary>
internal static class Backlog
{
    public const string Name = "backlog";

    public static async Task RunAsync(string directory)
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        var delivery = lake.Get<IDeliveryStreams>();
        var before = PeakBytes();
        var clock = new CpuClock();
        await delivery.PutAsync(BacklogBenchmark.Spec, CancellationToken.None);
        await delivery.FlushAsync(BacklogBenchmark.Spec.Name, CancellationToken.None);
        var took = clock.Stop();
        var status = (await delivery.FindAsync(BacklogBenchmark.Spec.Name, CancellationToken.None))!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Records} {status.Objects} {took.Elapsed.Ticks} {took.Cpu.Ticks} {before} {PeakBytes()}"));
    }

    /// <summary>The most memory that the process ever held, as the kernel counts it.</summary>
    private static long PeakBytes()
    {
        const string Label = "VmHWM:";
        var line = File.ReadLines("/proc/self/status").Single(
            text => text.StartsWith(Label, StringComparison.Ordinal));
        var kibibytes = line[Label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10;
    }
}
