using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.DuckDb.JsonRecords;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// Reads values of types without parts, as OpenX's SerDe does where it documents one reading: numbers, booleans and
/// times may be written as text, whole types take 1.0 but not 1.5, decimals are rounded half up, text takes any value
/// as its JSON text. What has several readings (octal text, numbers as booleans) does not fit.
/// </summary>
internal sealed class JsonScalar(JsonSerDe serDe)
{
    /// <summary>Letters of a whole number from which on a timestamp counts milliseconds.</summary>
    private const int MillisLength = 13;

    private static readonly SearchValues<byte> NumberLetters = SearchValues.Create("-+.0123456789"u8);

    private byte[] _scratch = new byte[256];

    /// <summary>
    /// Hands the value under the reader on and moves the reader to its end. False when it does not fit.
    /// </summary>
    public bool TryRead<TSink>(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type, TSink sink)
        where TSink : struct, IValueSink
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return TryText(ref reader, out var text) && TryRead(text, type, isText: true, sink);
        }

        if (type.Kind == TypeKind.Varchar)
        {
            return TryReadRaw(ref reader, line, sink);
        }

        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False && type.Kind == TypeKind.Boolean)
        {
            sink.Boolean(reader.TokenType == JsonTokenType.True);
            return true;
        }

        return reader.TokenType == JsonTokenType.Number && type.Kind != TypeKind.Varbinary
            && TryRead(reader.ValueSpan, type, isText: false, sink);
    }

    /// <summary>A value from its text, such as a key of a map.</summary>
    public bool TryRead<TSink>(ReadOnlySpan<byte> text, SqlType type, bool isText, TSink sink)
        where TSink : struct, IValueSink
    {
        switch (type.Kind)
        {
            case TypeKind.Varchar:
                sink.Text(text);
                return true;
            case TypeKind.Boolean:
                return TryBoolean(text, isText, sink);
            case TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt:
                return TryWhole(text, type.Kind, isText, sink);
            case TypeKind.Real or TypeKind.Double:
                return TryFloating(text, type.Kind == TypeKind.Real, isText, sink);
            case TypeKind.Decimal:
                return DecimalCell.TryRead(text, type, sink);
            case TypeKind.Date:
                return isText && TryDate(text, sink);
            case TypeKind.Timestamp or TypeKind.TimestampWithTimeZone:
                return TryTimestamp(text, isText, sink);
            case TypeKind.Varbinary:
                return isText && TryBinary(text, sink);
            default:
                return false;
        }
    }

    private static bool TryBoolean<TSink>(ReadOnlySpan<byte> text, bool isText, TSink sink)
        where TSink : struct, IValueSink
    {
        if (!isText || !Utf8Parser.TryParse(text, out bool flag, out var used) || used != text.Length)
        {
            return false;
        }

        sink.Boolean(flag);
        return true;
    }

    private bool TryWhole<TSink>(ReadOnlySpan<byte> text, TypeKind kind, bool isText, TSink sink)
        where TSink : struct, IValueSink
    {
        // OpenX takes text such as "010" for an octal number, others for ten.
        if (isText && serDe.IsOpenX && text.Length > 1 && text.TrimStart("+-"u8) is [(byte)'0', >= (byte)'0', ..])
        {
            return false;
        }

        if (!NumberText.TryParseWhole(text, out var value))
        {
            return false;
        }

        var fits = kind switch
        {
            TypeKind.TinyInt => value == (sbyte)value,
            TypeKind.SmallInt => value == (short)value,
            TypeKind.Integer => value == (int)value,
            _ => true,
        };
        if (fits)
        {
            sink.Whole(value);
        }

        return fits;
    }

    private static bool TryFloating<TSink>(ReadOnlySpan<byte> text, bool isReal, bool isText, TSink sink)
        where TSink : struct, IValueSink
    {
        double value;
        if (isText && text.TrimStart("+-"u8) is var name && (name.SequenceEqual("NaN"u8)
            || name.SequenceEqual("Infinity"u8)))
        {
            value = name.Length == 3 ? double.NaN
                : text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }
        else if (isReal)
        {
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                || !float.IsFinite(real))
            {
                return false;
            }

            value = real;
        }
        else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            || !double.IsFinite(value))
        {
            return false;
        }

        sink.Floating(value);
        return true;
    }

    private bool TryDate<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        const int DateLength = 10;
        if (serDe.IsOpenX && text.Length > DateLength && text[DateLength] == ' ')
        {
            text = text[..DateLength];
        }

        if (!TimeText.TryParseDate(text, out var days))
        {
            return false;
        }

        sink.Date(days);
        return true;
    }

    /// <summary>OpenX also takes seconds, seconds with a fraction and, from 13 digits on, milliseconds.</summary>
    private bool TryTimestamp<TSink>(ReadOnlySpan<byte> text, bool isText, TSink sink)
        where TSink : struct, IValueSink
    {
        if (!isText || !TimeText.TryParseTimestamp(text, out var micros))
        {
            if (!serDe.IsOpenX || text.IndexOfAnyExcept(NumberLetters) >= 0
                || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            var isMillis = !text.Contains((byte)'.') && text.Length >= MillisLength;
            var millis = isMillis ? number : decimal.Truncate(number * 1000);
            if (Math.Abs(millis) > 100_000_000_000_000m)
            {
                return false;
            }

            micros = (long)millis * 1000;
        }

        sink.Timestamp(micros);
        return true;
    }

    private bool TryBinary<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        if (!serDe.IsOpenX)
        {
            sink.Binary(text);
            return true;
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var isWhole = Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done;
        if (isWhole)
        {
            sink.Binary(bytes.AsSpan(0, written));
        }

        return isWhole;
    }

    /// <summary>A value as its JSON text without white space. Hive's SerDe has no text for values with parts.</summary>
    private bool TryReadRaw<TSink>(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, TSink sink)
        where TSink : struct, IValueSink
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            sink.Text(reader.ValueSpan);
            return true;
        }

        if (!serDe.IsOpenX)
        {
            return false;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var raw = line[start..(int)reader.BytesConsumed];
        if (!Utf8.IsValid(raw))
        {
            return false;
        }

        sink.Text(raw.IndexOfAny(" \t\r"u8) < 0 ? raw : Dense(raw));
        return true;
    }

    private ReadOnlySpan<byte> Dense(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        var length = 0;
        var inText = false;
        for (var index = 0; index < json.Length; index++)
        {
            var letter = json[index];
            if (!inText && letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            _scratch[length++] = letter;
            if (inText && letter == '\\')
            {
                _scratch[length++] = json[++index];
            }
            else if (letter == '"')
            {
                inText = !inText;
            }
        }

        return _scratch.AsSpan(0, length);
    }

    /// <summary>Text of a string token; false when it is not UTF-8. Good until the next value is read.</summary>
    private bool TryText(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(text);
        }

        Reserve(text.Length);
        try
        {
            text = _scratch.AsSpan(0, reader.CopyString(_scratch));
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            return false;
        }
    }

    private void Reserve(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new byte[Math.Max(length, _scratch.Length * 2)];
        }
    }
}
