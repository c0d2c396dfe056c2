using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.NativeTables;
using Tarn.Formats.Avro;

namespace Tarn.ContinuousQueries.Formats.Avro;

/// <summary>Writes the next Avro value into one cell. One thread's.</summary>
internal sealed class AvroCell
{
    private const int MicrosOfMilli = 1_000;
    private const int NanosOfMicro = 1_000;
    private const int UuidBytes = 16;
    private readonly AvroJson _json = new();

    public static bool IsTime(AvroType type) => type.Logical
        is "timestamp-millis" or "timestamp-micros" or "timestamp-nanos"
        or "local-timestamp-millis" or "local-timestamp-micros" or "local-timestamp-nanos";

    /// <summary>False when the value is out of the type's range.</summary>
    public bool TryWrite(AvroDecoder values, AvroType from, CellType to, ColumnWriter writer, int column, int row)
    {
        while (from.Kind == AvroKind.Union)
        {
            from = values.ReadBranch(from);
        }

        if (from.Kind == AvroKind.Null)
        {
            writer.SetNull(column, row);
            return true;
        }

        if (to.Sql == "JSON")
        {
            if (!_json.TryRead(values, from))
            {
                return false;
            }

            writer.SetUtf8(column, row, _json.Text);
            return true;
        }

        switch (from.Kind)
        {
            case AvroKind.Boolean:
                writer.SetBoolean(column, row, values.ReadBoolean());
                return true;
            case AvroKind.Int or AvroKind.Long:
                return TryWriteWhole(values.ReadLong(), from, to, writer, column, row);
            case AvroKind.Float or AvroKind.Double:
                var number = from.Kind == AvroKind.Float ? values.ReadFloat() : values.ReadDouble();
                writer.SetDouble(column, row, number);
                return double.IsFinite(number);
            case AvroKind.Enum:
                return TextCell.TryWrite(values.ReadSymbol(from), to, writer, column, row);
            default:
                var bytes = from.Kind == AvroKind.Fixed ? values.ReadFixed(from.Size) : values.ReadBytes();
                return TryWriteBytes(bytes, from, to, writer, column, row);
        }
    }

    /// <summary>Microseconds of a value of a time's logical type; false when they do not fit.</summary>
    public static bool TryMicros(long value, AvroType from, out long micros)
    {
        micros = from.Logical.EndsWith("micros", StringComparison.Ordinal) ? value
            : from.Logical.EndsWith("nanos", StringComparison.Ordinal)
                ? value / NanosOfMicro - (value % NanosOfMicro < 0 ? 1 : 0)
            : unchecked(value * MicrosOfMilli);
        return !from.Logical.EndsWith("millis", StringComparison.Ordinal)
            || Math.Abs((decimal)value) <= long.MaxValue / MicrosOfMilli;
    }

    public static string Uuid(ReadOnlySpan<byte> value) => new Guid(value, bigEndian: true).ToString("D");

    private static bool TryWriteWhole(
        long value, AvroType from, CellType to, ColumnWriter writer, int column, int row)
    {
        switch (to.Kind)
        {
            case CellKind.Double:
                writer.SetDouble(column, row, value);
                return true;
            case CellKind.Timestamp:
                var fits = TryMicros(value, from, out var micros);
                writer.SetTimestamp(column, row, micros);
                return fits;
            case CellKind.Decimal:
                return TryWriteDecimal(value, 0, to, writer, column, row);
            case CellKind.Int32 or CellKind.Date when value != (int)value:
                return false;
            default:
                CellWriter.Write(writer, column, row, value, to);
                return true;
        }
    }

    private static bool TryWriteBytes(
        ReadOnlySpan<byte> value, AvroType from, CellType to, ColumnWriter writer, int column, int row)
    {
        if (to.Kind == CellKind.Decimal)
        {
            var unscaled = new BigInteger(value, isUnsigned: false, isBigEndian: true);
            return TryWriteDecimal(unscaled, from.Scale, to, writer, column, row);
        }

        if (from is { Kind: AvroKind.Fixed, Logical: "uuid" })
        {
            if (value.Length != UuidBytes)
            {
                return false;
            }

            writer.SetUtf8(column, row, Encoding.ASCII.GetBytes(Uuid(value)));
            return true;
        }

        return Utf8.IsValid(value) && TextCell.TryWrite(value, to, writer, column, row);
    }

    /// <summary>Of another scale than the column's it is rounded half away from zero.</summary>
    private static bool TryWriteDecimal(
        BigInteger unscaled, int scale, CellType to, ColumnWriter writer, int column, int row)
    {
        if (scale < to.Scale)
        {
            unscaled *= BigInteger.Pow(10, to.Scale - scale);
        }
        else if (scale > to.Scale)
        {
            var unit = BigInteger.Pow(10, scale - to.Scale);
            unscaled = (unscaled + (unscaled.Sign * (unit / 2))) / unit;
        }

        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(10, CellType.DecimalDigits(to.Sql).Precision))
        {
            return false;
        }

        writer.SetDecimal(column, row, (long)unscaled);
        return true;
    }
}
