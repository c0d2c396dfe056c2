using Tarn.Streams.Commits;
using Tarn.Streams.Resharding;

namespace Tarn.Streams.Shards;

/// <summary>
/// How a shard ends: it is sealed, then either ended for good or opened again. One resharding at a time asks for that.
/// </summary>
internal sealed partial class ShardLog
{
    private Action? _asked;
    private bool _ended;

    /// <summary>It is closed: nothing is written any more, and readers at its end are told so.</summary>
    public bool IsEnded
    {
        get => Volatile.Read(ref _ended);
        init => _ended = value;
    }

    /// <summary>
    /// Lets finish what a committer has begun and holds back what comes after, without an answer to its callers. All
    /// before is on disk. Returns the number after the last record. Failure: the reason why the shard accepts nothing
    /// more.
    /// </summary>
    public async Task<ulong> SealAsync()
    {
        var served = await InTurnAsync(() =>
        {
            FlushBehind();
            Queue.Pause();
        });
        if ((served ? Queue.Refusal : AppendQueue.Stopping) is { } refusal)
        {
            Queue.Resume();
            throw refusal;
        }

        return Tip.Next;
    }

    /// <summary>Takes back <see cref="SealAsync"/>: what was held back is written here after all.</summary>
    public void Unseal() => Queue.Resume();

    /// <summary>
    /// Ends the sealed shard: readers at the tip are woken, and what was held back goes to those who own its keys now.
    /// </summary>
    public async Task EndAsync()
    {
        var served = await InTurnAsync(() =>
        {
            Volatile.Write(ref _ended, true);
            FlushBehind();
            Close();
            _signal.Pulse();
            Queue.Refuse(MovedAppends.Signal);
        });
        if (!served)
        {
            // The committers have stopped: nobody is left to wait for but the appends.
            Queue.Refuse(MovedAppends.Signal);
        }
    }

    /// <summary>Takes what an ended shard holds from sight, so that nobody reads files that are about to go.</summary>
    public Task EmptyAsync() => InTurnAsync(() => Show(_tip with { Segments = [] }));

    /// <summary>Runs something in a committer's turn; false when the committers have stopped.</summary>
    private async Task<bool> InTurnAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _asked, () =>
        {
            action();
            done.SetResult();
        });
        if (!Queue.RequestUpkeep())
        {
            return false;
        }

        await done.Task;
        return true;
    }
}
