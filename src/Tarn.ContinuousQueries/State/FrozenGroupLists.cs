using System.Buffers;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>The lists of each group as they were when frozen; SQL reads them as JSON arrays of text and null.</summary>
internal sealed class FrozenGroupLists<T, TCell>(
    FrozenRings rings, FrozenCells<T, TCell> values, CellType type, IReadOnlyList<Reading> readings) : IFrozenCells
    where TCell : struct, IValueCell<T>
{
    public IReadOnlyList<CellType> Types { get; } = [.. readings.SelectMany(reading => reading.TypesOf(type))];

    public void Write(ColumnWriter writer, int column, ReadOnlySpan<int> slots)
    {
        for (var row = 0; row < slots.Length; row++)
        {
            if (rings.SizeOf(slots[row]) > 0)
            {
                writer.SetUtf8(column, row, Json(rings.EntriesOf(slots[row])));
            }
        }
    }

    /// <summary>Layout: docs/formats/view-snapshot.md, "Values of groups".</summary>
    public void Save(SnapshotWriter writer, ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            var entries = rings.EntriesOf(slot);
            writer.WriteInt32(entries.Length);
            values.Save(writer, entries);
        }
    }

    private ReadOnlySpan<byte> Json(int[] entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            if (values.TryGet(entry, out var value))
            {
                TCell.WriteText(json, value, type);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
