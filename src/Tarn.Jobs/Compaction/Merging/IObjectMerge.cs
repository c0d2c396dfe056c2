using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction.Merging;

/// <summary>Writes the rows of a plan's sources, in their order, into one file; memory stays flat.</summary>
internal interface IObjectMerge
{
    /// <param name="path">In the store's staging directory; written over.</param>
    /// <param name="read">Told of each source that was read.</param>
    Task<MergeOutcome> WriteAsync(
        CompactionPlan plan, string path, Action<JobInput> read, CancellationToken cancellation);
}
