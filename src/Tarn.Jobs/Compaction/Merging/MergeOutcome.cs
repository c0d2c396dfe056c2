using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction.Merging;

/// <summary>How writing a plan's new object ended.</summary>
internal abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    /// <summary>The file holds every row of the sources.</summary>
    public sealed record Done : MergeOutcome;

    /// <summary>A source is gone, or another one stands under its name.</summary>
    public sealed record Changed(JobInput Source) : MergeOutcome;

    /// <summary>A source that can be merged with nothing.</summary>
    public sealed record Unfit(JobInput Source, string Reason) : MergeOutcome;
}
