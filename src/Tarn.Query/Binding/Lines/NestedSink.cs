using System.Globalization;
using System.Text.Json;

namespace Tarn.Query.Binding.Lines;

/// <summary>Writes values as JSON that DuckDB's cast reads back exactly.</summary>
internal readonly struct NestedSink(Utf8JsonWriter json) : IValueSink
{
    public void Boolean(bool value) => json.WriteBooleanValue(value);

    public void Whole(long value) => json.WriteNumberValue(value);

    public void Floating(double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        }
    }

    public void Decimal(long unscaled, int scale)
    {
        var size = (ulong)Math.Abs(unscaled);
        var value = new decimal((int)size, (int)(size >> 32), 0, unscaled < 0, (byte)scale);
        json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Decimal(ReadOnlySpan<byte> text) => json.WriteStringValue(text);

    public void Date(int days) => json.WriteStringValue(
        DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Timestamp(long micros)
    {
        var time = DateTime.UnixEpoch.AddMicroseconds(micros);
        json.WriteStringValue(time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
    }

    public void Text(ReadOnlySpan<byte> value) => json.WriteStringValue(value);

    public void Binary(ReadOnlySpan<byte> value) => json.WriteStringValue(BinaryText.Write(value));
}
