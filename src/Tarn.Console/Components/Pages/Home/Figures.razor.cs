using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Jobs.Runs;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>The five figures that tell whether the lake is well.</summary>
public sealed partial class Figures
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;

    private double? Rate => Glance.Streams.All(stream => stream.RatePerSecond is null)
        ? null
        : Glance.Streams.Sum(stream => stream.RatePerSecond ?? 0);

    private int Failing => Glance.Jobs.Count(job => job.LastRun?.State == JobRunState.Failed);

    private static string Lag(IEnumerable<long> milliseconds)
    {
        var all = milliseconds.ToList();
        return all.Count == 0 ? "–" : Human.Duration(TimeSpan.FromMilliseconds(all.Max()));
    }
}
