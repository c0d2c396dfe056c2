using Tarn.Catalog.Writers;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Checkpoints;

/// <summary>The objects of plans that are not committed: a repeat after a stop puts them again.</summary>
internal sealed class UnfinishedOutputs(CheckpointStore checkpoints) : IUnfinishedWrites
{
    public async Task<IReadOnlySet<ObjectKey>> ListAsync(CancellationToken cancellation)
    {
        var stored = await checkpoints.ListAllAsync(cancellation).ConfigureAwait(false);
        var names = stored.Select(item => item.Checkpoint).SelectMany(checkpoint => checkpoint.Plan is { } first
            ? [first.DataObject]
            : (checkpoint.Batch?.Outputs ?? []).Select(output => output.Object));
        return names.Select(ObjectKey.Parse).ToHashSet();
    }
}
