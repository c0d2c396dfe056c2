using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>The values of each group as they were when frozen, and the columns that are made of them.</summary>
/// <param name="counts">Null: how often each came is not known.</param>
internal sealed class FrozenGroupValues<T, TCell>(
    FrozenKeys values, FrozenRings rings, FrozenCells<long, LongCell>? counts, CellType type,
    IReadOnlyList<Reading> readings) : IFrozenCells
    where TCell : struct, IValueCell<T>
{
    public IReadOnlyList<CellType> Types { get; } = [.. readings.SelectMany(reading => reading.TypesOf(type))];

    public void Write(ColumnWriter writer, int column, ReadOnlySpan<int> slots)
    {
        var isSizeEnough = readings.All(reading => reading.Kind == ReadingKind.Size);
        for (var row = 0; row < slots.Length; row++)
        {
            var size = rings.SizeOf(slots[row]);
            if (size == 0)
            {
                continue;
            }

            var run = isSizeEnough ? null : RunOf(slots[row]);
            var at = column;
            foreach (var reading in readings)
            {
                if (reading.Kind == ReadingKind.Size)
                {
                    writer.SetInt64(at, row, size);
                }
                else
                {
                    run!.Write(writer, at, row, reading);
                }

                at += reading.TypesOf(type).Count;
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
            foreach (var entry in entries)
            {
                writer.WriteBytes(ValueOf(entry));
                if (counts is not null)
                {
                    writer.WriteInt64(CountOf(entry));
                }
            }
        }
    }

    private ValueRun<T, TCell> RunOf(int slot)
    {
        var entries = rings.EntriesOf(slot);
        return new ValueRun<T, TCell>(
            Array.ConvertAll(entries, entry => TCell.Decode(ValueOf(entry))),
            counts is null ? null : Array.ConvertAll(entries, CountOf), type);
    }

    private ReadOnlySpan<byte> ValueOf(int entry) => values[entry][GroupValues<T, TCell>.GroupBytes..];

    private long CountOf(int entry) => counts!.TryGet(entry, out var count) ? count : 0;
}
