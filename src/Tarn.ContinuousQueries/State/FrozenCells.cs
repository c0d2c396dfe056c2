using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>A column as it was when frozen.</summary>
internal sealed class FrozenCells<T, TCell>(CellChunk<T>[] chunks, IReadOnlyList<CellType> types) : IFrozenCells
    where TCell : struct, ICell<T>
{
    public IReadOnlyList<CellType> Types { get; } = types;

    public bool TryGet(int slot, out T value)
    {
        if (slot >> CellChunk<T>.SizeBits >= chunks.Length)
        {
            value = default!;
            return false;
        }

        var chunk = chunks[slot >> CellChunk<T>.SizeBits];
        value = chunk.Values[slot & (CellChunk<T>.Size - 1)];
        return chunk.Valid[slot & (CellChunk<T>.Size - 1)];
    }

    public void Write(ColumnWriter writer, int column, ReadOnlySpan<int> slots)
    {
        for (var row = 0; row < slots.Length; row++)
        {
            if (TryGet(slots[row], out var value))
            {
                TCell.Write(writer, column, row, value, Types[0]);
            }
        }
    }

    public void Save(SnapshotWriter writer, ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            var valid = TryGet(slot, out var value);
            writer.WriteBoolean(valid);
            if (valid)
            {
                TCell.Save(writer, value);
            }
        }
    }
}
