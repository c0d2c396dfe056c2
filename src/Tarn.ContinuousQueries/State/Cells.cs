using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>A column of the state in chunks that are copied on the first write after a freeze. Owned by one view's
/// loop.</summary>
internal sealed class Cells<T, TCell>(IReadOnlyList<CellType> types) : ICells
    where TCell : struct, ICell<T>
{
    private CellChunk<T>[] _chunks = [];
    private int _chunkCount;
    private int _epoch;

    public void Grow(int count)
    {
        var needed = (count + CellChunk<T>.Size - 1) >> CellChunk<T>.SizeBits;
        if (needed > _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(needed, _chunks.Length * 2));
        }

        while (_chunkCount < needed)
        {
            _chunks[_chunkCount++] = new CellChunk<T>(_epoch);
        }
    }

    public bool IsValid(int slot) => _chunks[slot >> CellChunk<T>.SizeBits].Valid[slot & (CellChunk<T>.Size - 1)];

    public T Get(int slot) => _chunks[slot >> CellChunk<T>.SizeBits].Values[slot & (CellChunk<T>.Size - 1)];

    public void Set(int slot, T value)
    {
        var chunk = Writable(slot);
        chunk.Values[slot & (CellChunk<T>.Size - 1)] = value;
        chunk.Valid[slot & (CellChunk<T>.Size - 1)] = true;
    }

    /// <summary>As if nothing had ever been there.</summary>
    public void Clear(int slot)
    {
        var chunk = Writable(slot);
        chunk.Values[slot & (CellChunk<T>.Size - 1)] = default!;
        chunk.Valid[slot & (CellChunk<T>.Size - 1)] = false;
    }

    public void SetNull(int slot) => Writable(slot).Valid[slot & (CellChunk<T>.Size - 1)] = false;

    public IFrozenCells Freeze()
    {
        _epoch++;
        return new FrozenCells<T, TCell>(_chunks.AsSpan(0, _chunkCount).ToArray(), types);
    }

    public void Load(SnapshotReader reader, int count)
    {
        Grow(count);
        for (var slot = 0; slot < count; slot++)
        {
            if (reader.ReadBoolean())
            {
                Set(slot, TCell.Load(reader));
            }
        }
    }

    private CellChunk<T> Writable(int slot)
    {
        ref var chunk = ref _chunks[slot >> CellChunk<T>.SizeBits];
        if (chunk.Epoch != _epoch)
        {
            chunk = chunk.Copy(_epoch);
        }

        return chunk;
    }
}
