using System.Threading.Tasks.Sources;
using Tarn.Streams.Records;

namespace Tarn.Streams.Commits;

/// <summary>
/// One call's records on their way: which shard each entry belongs to, and one <see cref="PendingAppend"/> for each
/// shard that gets some. Completes once, when all of them are done. Used again by later calls, with all it holds.
/// Everything but <see cref="PartDone"/> is called by the one caller.
/// </summary>
internal sealed class AppendCall : IValueTaskSource
{
    /// <summary>In place of a shard: the entry is not stored, and its outcome says why.</summary>
    public const int Refused = -1;

    private readonly List<PendingAppend> _known = [];
    private ManualResetValueTaskSourceCore<bool> _done = new() { RunContinuationsAsynchronously = true };
    private int[] _owners = [];
    private int[] _partOf = [];
    private int _partsLeft;

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

    /// <summary>
    /// Completes when each part was completed or failed; to be awaited once after <see cref="Encode"/>. Cannot be
    /// cancelled: what stands in line belongs to the committer.
    /// </summary>
    public ValueTask WaitAsync() => PartCount == 0 ? ValueTask.CompletedTask : new ValueTask(this, _done.Version);

    /// <summary>Called by whoever is done with a part, on any thread.</summary>
    public void PartDone()
    {
        if (Interlocked.Decrement(ref _partsLeft) == 0)
        {
            _done.SetResult(true);
        }
    }

    /// <summary>Says what became of each entry that has an owner.</summary>
    public void Answer(OpenStream stream, Span<AppendOutcome> outcomes)
    {
        foreach (var part in Parts)
        {
            part.BeginOutcomes(stream.Logs[part.Shard]);
        }

        var owners = Owners(outcomes.Length);
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] != Refused)
            {
                outcomes[i] = PartOf(owners[i]).NextOutcome();
            }
        }
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
        _done.Reset();
    }

    void IValueTaskSource.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

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
