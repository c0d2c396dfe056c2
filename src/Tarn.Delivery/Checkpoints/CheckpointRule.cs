using Tarn.Delivery.Batches;

namespace Tarn.Delivery.Checkpoints;

/// <summary>How a checkpoint moves when a plan has been carried out.</summary>
internal static class CheckpointRule
{
    public static ShardCheckpoint Advance(
        ShardCheckpoint before, DeliveryPlan plan, BatchOutcome outcome, DateTimeOffset now) => before with
        {
            Next = plan.Last + 1,
            Records = before.Records + outcome.GoodRecords,
            Objects = before.Objects + (outcome.GoodRecords > 0 ? 1 : 0),
            BadRecords = before.BadRecords + outcome.BadRecords,
            LastObject = outcome.GoodRecords > 0 ? plan.DataObject : before.LastObject,
            LastDeliveredAt = now,
            Plan = null,
        };
}
