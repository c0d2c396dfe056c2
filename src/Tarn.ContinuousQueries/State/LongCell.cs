using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>Whole numbers, booleans, dates, times, decimals.</summary>
internal readonly struct LongCell : ICell<long>
{
    public static long Read(BatchColumn column, int row) => column.Long(row);

    public static int Compare(long a, long b) => a.CompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, long value, CellType type) =>
        CellWriter.Write(writer, column, row, value, type);

    public static void Save(SnapshotWriter writer, long value) => writer.WriteInt64(value);

    public static long Load(SnapshotReader reader) => reader.ReadInt64();
}
