using Tarn.DuckDb.NativeTables;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Lines;

/// <summary>Writes values into a cell of <see cref="LineField.NativeType"/>.</summary>
internal readonly struct CellSink(ColumnWriter writer, int column, int row, SqlType type) : IValueSink
{
    public void Boolean(bool value) => writer.SetBoolean(column, row, value);

    public void Whole(long value)
    {
        if (type.Kind == TypeKind.BigInt)
        {
            writer.SetInt64(column, row, value);
        }
        else
        {
            writer.SetInt32(column, row, (int)value);
        }
    }

    public void Floating(double value) => writer.SetDouble(column, row, value);

    public void Decimal(long unscaled, int scale) => writer.SetDecimal(column, row, unscaled);

    public void Decimal(ReadOnlySpan<byte> text) => writer.SetUtf8(column, row, text);

    public void Date(int days) => writer.SetDate(column, row, days);

    public void Timestamp(long micros) => writer.SetTimestamp(column, row, micros);

    public void Text(ReadOnlySpan<byte> value) => writer.SetUtf8(column, row, value);

    public void Binary(ReadOnlySpan<byte> value) => writer.SetUtf8(column, row, BinaryText.Write(value));
}
