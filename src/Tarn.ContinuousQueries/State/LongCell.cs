using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>Whole numbers, booleans, dates, times, decimals.</summary>
internal readonly struct LongCell : IValueCell<long>
{
    public static long Read(BatchColumn column, int row) => column.Long(row);

    public static int Compare(long a, long b) => a.CompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, long value, CellType type) =>
        CellWriter.Write(writer, column, row, value, type);

    public static void Save(SnapshotWriter writer, long value) => writer.WriteInt64(value);

    public static long Load(SnapshotReader reader) => reader.ReadInt64();

    public static ReadOnlySpan<byte> Bytes(BatchColumn column, int row, Span<byte> eight)
    {
        BinaryPrimitives.WriteInt64LittleEndian(eight, column.Long(row));
        return eight;
    }

    public static long Decode(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    public static (Int128 Whole, double Real) Amount(long value) => (value, value);

    public static void WriteText(Utf8JsonWriter json, long value, CellType type) =>
        json.WriteStringValue(type.Kind switch
        {
            CellKind.Boolean => value != 0 ? "true" : "false",
            CellKind.Decimal => DecimalText(value, type.Scale),
            _ => value.ToString(CultureInfo.InvariantCulture),
        });

    public static void WriteBetween(
        ColumnWriter writer, int column, int row, (long Low, double Share, long High) place, CellType type)
    {
        var (low, share, high) = place;
        switch (type.Kind)
        {
            case CellKind.Int32 or CellKind.Int64:
                writer.SetDouble(column, row, DoubleCell.Between(low, share, high));
                break;
            case CellKind.Decimal:
                writer.SetDecimal(column, row, low + (long)((high - low) * share));
                break;
            default:
                var unit = type.Kind == CellKind.Date ? TimeSpan.MicrosecondsPerDay : 1;
                writer.SetTimestamp(column, row, share == 0 ? low * unit : (long)Math.Round(
                    DoubleCell.Between(low * unit, share, high * unit), MidpointRounding.AwayFromZero));
                break;
        }
    }

    private static string DecimalText(long unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled < 0 ? "-" : "") + digits[..^scale] + (scale > 0 ? "." + digits[^scale..] : "");
    }
}
