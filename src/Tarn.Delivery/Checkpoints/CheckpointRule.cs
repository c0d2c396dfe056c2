using Tarn.Delivery.Batches;

namespace Tarn.Delivery.Checkpoints;

/// <summary>How a checkpoint moves when a plan has been carried out.</summary>
internal static class CheckpointRule
{
    public static ShardCheckpoint Advance(
        ShardCheckpoint before, BatchPlan plan, BatchOutcome outcome, DateTimeOffset now) => before with
        {
            Next = plan.Last + 1,
            Records = before.Records + outcome.Records,
            Objects = before.Objects + outcome.Objects,
            BadRecords = before.BadRecords + outcome.FailedRecords,
            LastObject = outcome.LastObject ?? before.LastObject,
            LastDeliveredAt = now,
            Plan = null,
            Batch = null,
            UnknownMembers = Suggestions.UnknownMembers.Merge(before.UnknownMembers, outcome.UnknownMembers),
        };
}
