using Tarn.Delivery.Batches;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Tests.Batches;

public sealed class BatchDecisionTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan BufferTime = TimeSpan.FromSeconds(60);

    private static readonly BatchRange Batch =
        new(new SequenceNumber(1), new SequenceNumber(2), 2, 20, Arrival, ArrivalHour.Of(Arrival, TimeZoneInfo.Utc));

    [Fact]
    public void Of_YoungBatchAtTheTip_WaitsUntilItIsDue() =>
        Assert.Equal(new BatchDecision.Wait(Arrival + BufferTime), Decide(Batch, after: 59.999, isAtTip: true));

    [Fact]
    public void Of_OldBatchAtTheTip_IsDelivered() =>
        Assert.Equal(new BatchDecision.Deliver(), Decide(Batch, after: 60, isAtTip: true));

    [Fact]
    public void Of_OldBatchWithMoreInTheLog_IsFilledFirst() =>
        Assert.Equal(new BatchDecision.ReadOn(), Decide(Batch, after: 3600));

    [Fact]
    public void Of_FlushAtTheTip_IsDelivered() =>
        Assert.Equal(new BatchDecision.Deliver(), Decide(Batch, isAtTip: true, isFlushAsked: true));

    [Fact]
    public void Of_FlushWithMoreInTheLog_ReadsOn() =>
        Assert.Equal(new BatchDecision.ReadOn(), Decide(Batch, isFlushAsked: true));

    [Fact]
    public void Of_ClosedBatch_IsDelivered() =>
        Assert.Equal(new BatchDecision.Deliver(), Decide(Batch, isClosed: true));

    [Fact]
    public void Of_EndedShard_DeliversThenEnds()
    {
        Assert.Equal(new BatchDecision.Deliver(), Decide(Batch, hasShardEnded: true));
        Assert.Equal(new BatchDecision.End(), Decide(BatchRange.Empty, hasShardEnded: true));
    }

    [Fact]
    public void Of_NothingAtTheTip_Waits()
    {
        Assert.Equal(new BatchDecision.Wait(null), Decide(BatchRange.Empty, isAtTip: true));
        Assert.Equal(new BatchDecision.ReadOn(), Decide(BatchRange.Empty));
    }

    private static BatchDecision Decide(
        BatchRange batch,
        double after = 0,
        bool isClosed = false,
        bool isAtTip = false,
        bool hasShardEnded = false,
        bool isFlushAsked = false) =>
        BatchDecision.Of(batch, Arrival.AddSeconds(after), BufferTime, isClosed, isAtTip, hasShardEnded, isFlushAsked);
}
