using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Tarn.Streams.Records;

namespace Tarn.Aws.Protocol.Records;

/// <summary>
/// The records of one put as a reader of some wire format gathers them, and the room for their outcomes. Keys and
/// payloads point into the request's body wherever they stand there as they are; others lie in <see cref="Rent"/>ed
/// memory. Valid until disposed, and no longer than the body. For one caller at a time.
/// </summary>
/// <param name="bytesMax">What all records of a put may have together.</param>
internal abstract class RecordBatch<TPut>(int bytesMax) : IDisposable
    where TPut : RecordBatch<TPut>, new()
{
    protected const int RecordsMax = 500;

    private const int KeptMax = 64;

    private static readonly ConcurrentQueue<TPut> Idle = new();

    private readonly StreamEntry[] _entries = new StreamEntry[RecordsMax];
    private readonly AppendOutcome[] _outcomes = new AppendOutcome[RecordsMax];
    private readonly List<byte[]> _rented = [];
    private bool _isTaken;
    private string _lastName = "";
    private int _count;
    private long _bytes;

    /// <summary>A put of many records; otherwise of one.</summary>
    public bool IsBatch { get; private set; }

    public int Count => _count;

    public ReadOnlyMemory<StreamEntry> Entries => _entries.AsMemory(0, _count);

    public Memory<AppendOutcome> Outcomes => _outcomes.AsMemory(0, _count);

    /// <summary>Whether it has as many records as it may have.</summary>
    protected bool IsFull => _count == (IsBatch ? RecordsMax : 1);

    /// <summary>Bytes of the largest record, as counted by <see cref="TryAdd(in StreamEntry, int)"/>.</summary>
    protected int LargestBytes { get; private set; }

    /// <summary>An empty one, used before where there is one.</summary>
    public static TPut Take(bool isBatch)
    {
        var put = Idle.TryDequeue(out var idle) ? idle : new TPut();
        (put.IsBatch, put._isTaken) = (isBatch, true);
        return put;
    }

    /// <summary>Memory for what does not stand in the body as it is; given back with the put.</summary>
    public Memory<byte> Rent(int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(rented);
        return rented.AsMemory(0, length);
    }

    /// <summary>Forgets what was gathered.</summary>
    public virtual void Clear()
    {
        _entries.AsSpan(0, _count).Clear();
        (_count, _bytes, LargestBytes) = (0, 0, 0);
    }

    public void Dispose()
    {
        if (!_isTaken)
        {
            return;
        }

        _isTaken = false;
        _outcomes.AsSpan(0, _count).Clear();
        Clear();
        foreach (var rented in _rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _rented.Clear();
        if (Idle.Count < KeptMax)
        {
            Idle.Enqueue((TPut)this);
        }
    }

    /// <summary>False, with nothing added: there are too many, or they are too large together.</summary>
    protected bool TryAdd(in StreamEntry entry, int bytes)
    {
        if (IsFull || _bytes + bytes > bytesMax)
        {
            return false;
        }

        _entries[_count++] = entry;
        _bytes += bytes;
        LargestBytes = Math.Max(LargestBytes, bytes);
        return true;
    }

    /// <summary>Text of a name in ASCII: mostly that of the put before.</summary>
    protected string NameOf(ReadOnlySpan<byte> name)
    {
        if (!Ascii.Equals(name, _lastName))
        {
            _lastName = Encoding.ASCII.GetString(name);
        }

        return _lastName;
    }
}
