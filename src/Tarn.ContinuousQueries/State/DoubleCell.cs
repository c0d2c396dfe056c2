using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>Floating-point numbers. NaN is the greatest, as in DuckDB.</summary>
internal readonly struct DoubleCell : ICell<double>
{
    public static double Read(BatchColumn column, int row) => column.Double(row);

    public static int Compare(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, double value, CellType type) =>
        writer.SetDouble(column, row, value);

    public static void Save(SnapshotWriter writer, double value) =>
        writer.WriteInt64(BitConverter.DoubleToInt64Bits(value));

    public static double Load(SnapshotReader reader) => BitConverter.Int64BitsToDouble(reader.ReadInt64());
}
