using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>When the state of a loop goes to the disk, and what goes with it. Called by that loop only.</summary>
internal interface IViewSnapshots
{
    /// <summary>How long a changed state waits before it looks again.</summary>
    TimeSpan UntilDue { get; }

    /// <summary>Whether there is any snapshot, whole or not.</summary>
    bool HasFiles { get; }

    /// <summary>An empty state.</summary>
    ViewState NewState(ViewPlan plan);

    /// <summary>The newest whole snapshot, or null. Throws when it may not be done without.</summary>
    /// <param name="now">Microseconds by which the time to live runs.</param>
    (SnapshotHeader Header, ViewState State)? Read(ViewPlan plan, long now);

    /// <summary>Takes what was just loaded as written.</summary>
    void Loaded(long consumed, int endedShards, long version);

    /// <summary>
    /// Whether the last snapshot lacks records, a change that time made, or the end of a shard: retention removes
    /// closed shards, and of one that is gone nobody else can say that it was counted.
    /// </summary>
    bool IsBehind(long consumed, int endedShards, long version);

    /// <summary>The next one is due at once.</summary>
    void WriteSoon();

    /// <summary>Completes when the loop may count on; waits for what is under way when that is far behind.
    /// </summary>
    Task WaitForRoomAsync(long consumed, CancellationToken cancellation);

    void WriteIfDue(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze);

    /// <summary>The loop rests, for long or for good: waits for what is under way, and writes what is lacking.
    /// </summary>
    Task FinishAsync(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze);

    /// <summary>Removes all snapshots.</summary>
    void Delete();
}
