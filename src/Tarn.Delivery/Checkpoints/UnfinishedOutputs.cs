using Tarn.Catalog.Writers;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Checkpoints;

/// <summary>The objects of plans that are not committed: a repeat after a stop puts them again.</summary>
internal sealed class UnfinishedOutputs(CheckpointStore checkpoints) : IUnfinishedWrites
{
    public async Task<IReadOnlySet<ObjectKey>> ListAsync(CancellationToken cancellation)
    {
        var stored = await checkpoints.ListAllAsync(cancellation).ConfigureAwait(false);
        return stored.Select(checkpoint => checkpoint.Checkpoint.Plan)
            .OfType<DeliveryPlan>()
            .Select(plan => ObjectKey.Parse(plan.DataObject))
            .ToHashSet();
    }
}
