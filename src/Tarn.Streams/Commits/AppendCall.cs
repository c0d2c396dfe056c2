using System.Threading.Tasks.Sources;
using Tarn.Streams.Records;
using Tarn.Streams.Resharding;

namespace Tarn.Streams.Commits;

/// <summary>
/// One call's records on their way: which shard each entry belongs to, and one <see cref="PendingAppend"/> for each
/// shard that gets some. Completes once, when all of them are done and the entries whose shard closed meanwhile are
/// stored elsewhere. Used again by later calls, with all it holds. Everything but <see cref="PartDone"/> is called by
/// the one caller.
/// </summary>
internal sealed class AppendCall(AppendCalls home) : IValueTaskSource
{
    /// <summary>In place of a shard: the entry is not stored, and its outcome says why.</summary>
    public const int Refused = -1;

    private readonly List<PendingAppend> _known = [];
    private ManualResetValueTaskSourceCore<bool> _done = new() { RunContinuationsAsynchronously = true };
    private int[] _owners = [];
    private int[] _partOf = [];
    private int _partsLeft;
    private AppendCaller _caller;
    private bool _isAnswered;

    /// <summary>Appends of this call, for as many shards; valid after <see cref="Encode"/>.</summary>
    public ReadOnlySpan<PendingAppend> Parts =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_known)[..PartCount];

    public int PartCount { get; private set; }

    /// <summary>Room for the shard of each entry, or <see cref="Refused"/>.</summary>
    public Span<int> Owners(int entryCount)
    {
        if (_owners.Length < entryCount)
        {
            _owners = new int[Math.Max(entryCount, _owners.Length * 2)];
        }

        return _owners.AsSpan(0, entryCount);
    }

    /// <summary>Encodes every entry that has an owner, for that shard.</summary>
    public void Encode(ReadOnlySpan<StreamEntry> entries, int shardCount)
    {
        if (_partOf.Length < shardCount)
        {
            _partOf = new int[shardCount];
        }

        var owners = Owners(entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            if (owners[i] != Refused)
            {
                PartOf(owners[i]).Count(entries[i]);
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (owners[i] != Refused)
            {
                PartOf(owners[i]).Add(entries[i]);
            }
        }

        foreach (var part in Parts)
        {
            part.Seal();
        }

        _partsLeft = PartCount;
    }

    /// <summary>Before the first part is put in line.</summary>
    public void AnswerTo(in AppendCaller caller) => _caller = caller;

    /// <summary>
    /// Completes when each part was completed or failed and each outcome is written; to be awaited once, the last that
    /// is done with a call. Cannot be cancelled: what stands in line belongs to the committer.
    /// </summary>
    public ValueTask WaitAsync()
    {
        if (PartCount > 0)
        {
            return new ValueTask(this, _done.Version);
        }

        home.Return(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The outcomes are left as they are: the caller gave up while it waited for room in a line.</summary>
    public void LeaveUnanswered() => _isAnswered = true;

    /// <summary>Called by whoever is done with a part, on any thread.</summary>
    public void PartDone()
    {
        if (Interlocked.Decrement(ref _partsLeft) > 0)
        {
            return;
        }

        foreach (var part in Parts)
        {
            if (ReferenceEquals(part.Error, MovedAppends.Signal))
            {
                _ = FollowAsync();
                return;
            }
        }

        _done.SetResult(true);
    }

    /// <summary>Makes it as new; only when all parts are done.</summary>
    public void Reset()
    {
        foreach (var part in Parts)
        {
            _partOf[part.Shard] = 0;
            part.Release();
        }

        PartCount = 0;
        (_caller, _isAnswered) = (default, false);
        _done.Reset();
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _done.GetResult(token);
            Answer();
        }
        finally
        {
            home.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    /// <summary>Never on the committer's thread: it would wait for itself.</summary>
    private async Task FollowAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            Answer();
            await _caller.Appender.FollowAsync(_caller);
            _done.SetResult(true);
        }
        catch (Exception failure)
        {
            _done.SetException(failure);
        }
    }

    /// <summary>Says what became of each entry that has an owner.</summary>
    private void Answer()
    {
        if (_isAnswered)
        {
            return;
        }

        _isAnswered = true;
        foreach (var part in Parts)
        {
            part.BeginOutcomes(_caller.Stream.Logs[part.Shard]);
        }

        var owners = Owners(_caller.Entries.Length);
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] != Refused)
            {
                _caller.Outcomes.Span[i] = PartOf(owners[i]).NextOutcome();
            }
        }
    }

    private PendingAppend PartOf(int shard)
    {
        if (_partOf[shard] == 0)
        {
            if (PartCount == _known.Count)
            {
                _known.Add(new PendingAppend(this));
            }

            _known[PartCount].Begin(shard);
            _partOf[shard] = ++PartCount;
        }

        return _known[_partOf[shard] - 1];
    }
}
