using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Sinks;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>A target that never returns from one step, as if the process were killed there.</summary>
internal sealed class HangingTarget(ISinkTarget inner, HangingTarget.Step step, int epoch) : ISinkTarget
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _places;

    public enum Step
    {
        /// <summary>Nothing of the epoch is on disk.</summary>
        BeforeStaged,

        /// <summary>The snapshot is on disk, nothing is delivered.</summary>
        BeforeDelivered,

        /// <summary>A part is delivered.</summary>
        PartDelivered,

        /// <summary>All is delivered, and not marked so.</summary>
        BeforeMarked,
    }

    /// <summary>Completes when the step is reached.</summary>
    public Task Reached => _reached.Task;

    public SinkTargetKind Kind => inner.Kind;

    public TimeSpan CommitInterval => inner.CommitInterval;

    public Task PrepareAsync(SinkSpec sink, ViewPlan plan, CancellationToken cancellation) =>
        inner.PrepareAsync(sink, plan, cancellation);

    public async Task<string?> PlaceAsync(SinkSpec sink, CancellationToken cancellation)
    {
        if (++_places == epoch && step == Step.BeforeStaged)
        {
            await HangAsync(cancellation);
        }

        return await inner.PlaceAsync(sink, cancellation);
    }

    public async Task DeliverAsync(SinkSpec sink, SinkEpoch epoch1, CancellationToken cancellation)
    {
        var isHere = epoch1.Number == epoch;
        if (isHere && step == Step.PartDelivered)
        {
            await inner.DeliverAsync(sink, epoch1.FirstRows(epoch1.Rows.Count / 2), cancellation);
        }
        else if (!isHere || step == Step.BeforeMarked)
        {
            await inner.DeliverAsync(sink, epoch1, cancellation);
        }

        if (isHere)
        {
            await HangAsync(cancellation);
        }
    }

    public Task ForgetAsync(SinkSpec sink, CancellationToken cancellation) => inner.ForgetAsync(sink, cancellation);

    private async Task HangAsync(CancellationToken cancellation)
    {
        _reached.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellation);
    }
}
