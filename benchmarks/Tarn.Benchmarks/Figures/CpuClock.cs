using System.Diagnostics;

namespace Tarn.Benchmarks.Figures;

/// <summary>
/// Wall time and the CPU time of this process, all threads together. On a machine with neighbours the second one is the
/// steadier.
/// </summary>
internal sealed class CpuClock
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuStart = Environment.CpuUsage.TotalTime;

    public Measured Stop() => new(Stopwatch.GetElapsedTime(_start), Environment.CpuUsage.TotalTime - _cpuStart);
}
