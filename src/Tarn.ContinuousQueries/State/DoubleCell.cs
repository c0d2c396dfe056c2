using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>Floating-point numbers. NaN is the greatest, as in DuckDB.</summary>
internal readonly struct DoubleCell : IValueCell<double>
{
    public static double Read(BatchColumn column, int row) => column.Double(row);

    public static int Compare(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, double value, CellType type) =>
        writer.SetDouble(column, row, value);

    public static void Save(SnapshotWriter writer, double value) =>
        writer.WriteInt64(BitConverter.DoubleToInt64Bits(value));

    public static double Load(SnapshotReader reader) => BitConverter.Int64BitsToDouble(reader.ReadInt64());

    /// <summary>With one zero and one NaN.</summary>
    public static ReadOnlySpan<byte> Bytes(BatchColumn column, int row, Span<byte> eight)
    {
        BinaryPrimitives.WriteInt64LittleEndian(eight, KeyCodec.BitsOf(column.Double(row)));
        return eight;
    }

    public static double Decode(ReadOnlySpan<byte> bytes) =>
        BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes));

    public static (Int128 Whole, double Real) Amount(double value) => (0, value);

    public static void WriteText(Utf8JsonWriter json, double value, CellType type) =>
        json.WriteStringValue(value.ToString("R", CultureInfo.InvariantCulture));

    public static void WriteBetween(
        ColumnWriter writer, int column, int row, (double Low, double Share, double High) place, CellType type) =>
        writer.SetDouble(column, row, Between(place.Low, place.Share, place.High));

    /// <summary>In DuckDB's order of operations, so that the last digit is its too.</summary>
    public static double Between(double low, double share, double high) =>
        share == 0 ? low : (low * (1 - share)) + (high * share);
}
