using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>A sink that runs: a loop of its own over the view's SELECT, and what cuts its output. Any thread.</summary>
internal sealed class SinkRunner(SinkSpec spec, ViewRunner loop, SinkEpochs epochs, TimeProvider time)
{
    /// <summary>The definition, paused or not as the sink is now.</summary>
    public SinkSpec Spec => spec with { Query = loop.Spec };

    /// <summary>Nobody reads its rows.</summary>
    public ViewRunner Loop => loop;

    /// <summary>All that was read so far has left.</summary>
    public bool IsSettled => epochs.UnderWaySince is null && epochs.Position.Since >= loop.Status().Version;

    public SinkStatus Status()
    {
        var view = loop.Status();
        var (position, since, trouble) = (epochs.Position, epochs.UnderWaySince, epochs.Trouble);
        var waiting = since is { } at ? (long)(time.GetUtcNow() - at).TotalMilliseconds : 0;
        return new SinkStatus
        {
            Name = spec.Name,
            View = spec.View,
            Database = spec.Query.Database,
            Target = spec.Target.ToString(),
            Sql = spec.Sql,
            Phase = view.Phase switch
            {
                ViewPhase.Failed => SinkPhase.Failed,
                ViewPhase.Paused => SinkPhase.Paused,
                _ when trouble is not null => SinkPhase.Retrying,
                ViewPhase.CatchingUp => SinkPhase.CatchingUp,
                _ => SinkPhase.Running,
            },
            Epoch = position.Epoch,
            RecordsOut = position.RecordsOut,
            LagMilliseconds = Math.Max(view.LagMilliseconds, waiting),
            Error = view.Error ?? trouble?.Describe(),
        };
    }

    public async Task StopAsync()
    {
        await epochs.CancelAsync().ConfigureAwait(false);
        await loop.StopAsync().ConfigureAwait(false);
        await epochs.EndAsync().ConfigureAwait(false);
    }
}
