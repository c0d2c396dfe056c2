using System.Buffers;
using System.Collections;
using Tarn.Streams.Records;

namespace Tarn.Streams.Shards;

/// <summary>
/// Records of one read in pooled memory: the list itself, and the windows of the files that they point into. Whoever is
/// done with all of them may release it, once; otherwise the collector takes it.
/// </summary>
internal sealed class RecordList : IReadOnlyList<StreamRecord>
{
    private StreamRecord[] _records = [];

    public int Count { get; private set; }

    /// <summary>Pooled memory that records point into.</summary>
    public List<byte[]> Windows { get; } = [];

    public StreamRecord this[int index] => index < Count
        ? _records[index]
        : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Makes room for as many records at once.</summary>
    public void Reserve(int count)
    {
        var grown = ArrayPool<StreamRecord>.Shared.Rent(Math.Max(count, 16));
        _records.AsSpan(0, Count).CopyTo(grown);
        GiveBack();
        _records = grown;
    }

    public void Add(in StreamRecord record)
    {
        if (Count == _records.Length)
        {
            Reserve(Count * 2);
        }

        _records[Count++] = record;
    }

    /// <summary>Empties it and gives the memory to other reads.</summary>
    public void Release()
    {
        GiveBack();
        _records = [];
        Count = 0;
        foreach (var window in Windows)
        {
            ArrayPool<byte>.Shared.Return(window);
        }

        Windows.Clear();
    }

    public IEnumerator<StreamRecord> GetEnumerator() => _records.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void GiveBack()
    {
        if (_records.Length > 0)
        {
            _records.AsSpan(0, Count).Clear();
            ArrayPool<StreamRecord>.Shared.Return(_records);
        }
    }
}
