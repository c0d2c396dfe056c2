using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.Formats.Avro;

namespace Tarn.ContinuousQueries.Formats.Avro;

/// <summary>
/// The next Avro value as JSON: dates, times and UUIDs as text, decimals as numbers, other bytes as text of the code
/// points 0 to 255, as Avro's own JSON has them. One thread's.
/// </summary>
internal sealed class AvroJson
{
    private const int DepthMax = 64;

    /// <summary>From 1970 back to the year 1; after it there are more.</summary>
    private const long DaysMax = 719_162;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Good until the next value is read.</summary>
    public ReadOnlySpan<byte> Text => _buffer.WrittenSpan;

    /// <summary>False for a value that JSON has no form for.</summary>
    public bool TryRead(AvroDecoder values, AvroType from)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(
            _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var isWritten = TryWrite(json, values, from, 0);
        if (isWritten)
        {
            json.Flush();
        }
        else
        {
            json.Reset(_buffer);
        }

        return isWritten;
    }

    private static bool TryWrite(Utf8JsonWriter json, AvroDecoder values, AvroType from, int depth)
    {
        if (depth > DepthMax)
        {
            return false;
        }

        switch (from.Kind)
        {
            case AvroKind.Union:
                return TryWrite(json, values, values.ReadBranch(from), depth + 1);
            case AvroKind.Null:
                json.WriteNullValue();
                return true;
            case AvroKind.Boolean:
                json.WriteBooleanValue(values.ReadBoolean());
                return true;
            case AvroKind.Int or AvroKind.Long:
                return TryWriteWhole(json, values.ReadLong(), from);
            case AvroKind.Float or AvroKind.Double:
                var number = from.Kind == AvroKind.Float ? values.ReadFloat() : values.ReadDouble();
                if (!double.IsFinite(number))
                {
                    return false;
                }

                json.WriteNumberValue(number);
                return true;
            case AvroKind.Array or AvroKind.Map:
                return TryWriteItems(json, values, from, depth);
            case AvroKind.Record:
                json.WriteStartObject();
                foreach (var field in from.Fields)
                {
                    json.WritePropertyName(field.Name);
                    if (!TryWrite(json, values, field.Type, depth + 1))
                    {
                        return false;
                    }
                }

                json.WriteEndObject();
                return true;
            case AvroKind.Enum:
                json.WriteStringValue(values.ReadSymbol(from));
                return true;
            default:
                return TryWriteBytes(
                    json, from.Kind == AvroKind.Fixed ? values.ReadFixed(from.Size) : values.ReadBytes(), from);
        }
    }

    private static bool TryWriteItems(Utf8JsonWriter json, AvroDecoder values, AvroType from, int depth)
    {
        var isMap = from.Kind == AvroKind.Map;
        if (isMap)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        for (var count = values.ReadCount(); count > 0; count = values.ReadCount())
        {
            for (; count > 0; count--)
            {
                if (isMap && !TryWriteName(json, values.ReadBytes()))
                {
                    return false;
                }

                if (!TryWrite(json, values, from.Parts[0], depth + 1))
                {
                    return false;
                }
            }
        }

        if (isMap)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }

        return true;
    }

    private static bool TryWriteName(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        if (!Utf8.IsValid(name))
        {
            return false;
        }

        json.WritePropertyName(name);
        return true;
    }

    private static bool TryWriteWhole(Utf8JsonWriter json, long value, AvroType from)
    {
        if (from.Logical == "date")
        {
            if (value != Math.Clamp(value, -DaysMax, DaysMax))
            {
                return false;
            }

            json.WriteStringValue(
                DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            return true;
        }

        if (!AvroCell.IsTime(from))
        {
            json.WriteNumberValue(value);
            return true;
        }

        var ticks = DateTime.UnixEpoch.Ticks;
        if (!AvroCell.TryMicros(value, from, out var micros)
            || Math.Abs((decimal)micros) > (DateTime.MaxValue.Ticks - ticks) / TimeSpan.TicksPerMicrosecond
            || ticks + (micros * TimeSpan.TicksPerMicrosecond) < 0)
        {
            return false;
        }

        json.WriteStringValue(new DateTime(ticks + (micros * TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc)
            .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        return true;
    }

    private static bool TryWriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> value, AvroType from)
    {
        if (from.Logical == "decimal")
        {
            var digits = new BigInteger(value, isUnsigned: false, isBigEndian: true);
            var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(from.Scale + 1, '0');
            var point = text.Length - from.Scale;
            json.WriteRawValue(
                (digits.Sign < 0 ? "-" : "") + text[..point] + (from.Scale == 0 ? "" : "." + text[point..]));
            return true;
        }

        if (from.Kind == AvroKind.String)
        {
            if (!Utf8.IsValid(value))
            {
                return false;
            }

            json.WriteStringValue(value);
            return true;
        }

        json.WriteStringValue(from is { Kind: AvroKind.Fixed, Logical: "uuid", Size: 16 }
            ? AvroCell.Uuid(value)
            : Encoding.Latin1.GetString(value));
        return true;
    }
}
