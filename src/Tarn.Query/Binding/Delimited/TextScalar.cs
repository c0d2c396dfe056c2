using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tarn.DuckDb.JsonRecords;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Delimited;

/// <summary>
/// Values of types without parts from delimited text, as LazySimpleSerDe reads them: whole numbers may have a fraction,
/// which is cut; decimals are rounded half up; dates are <c>2026-11-23</c> and times <c>2026-11-23 10:00:00.5</c>.
/// </summary>
internal static class TextScalar
{
    private const int DateLength = 10;

    private static readonly SearchValues<byte> TimeLetters = SearchValues.Create("0123456789:."u8);

    /// <summary>Hands the value on; false, and nothing handed on, when the type cannot hold it.</summary>
    /// <param name="text">Valid UTF-8 for a varchar.</param>
    public static bool TryRead<TSink>(ReadOnlySpan<byte> text, SqlType type, TSink sink)
        where TSink : struct, IValueSink
    {
        switch (type.Kind)
        {
            case TypeKind.Varchar:
                sink.Text(text);
                return true;
            case TypeKind.Boolean:
                return TryBoolean(text, sink);
            case TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt:
                return TryWhole(text, type.Kind, sink);
            case TypeKind.Real or TypeKind.Double:
                return TryFloating(text, type.Kind == TypeKind.Real, sink);
            case TypeKind.Decimal:
                return TryDecimal(text, type, sink);
            case TypeKind.Date:
                return TryDate(text, sink);
            case TypeKind.Timestamp or TypeKind.TimestampWithTimeZone:
                return TryTimestamp(text, sink);
            case TypeKind.Varbinary:
                Binary(text, sink);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a whole number fits its type.</summary>
    public static bool Fits(long value, TypeKind kind) => kind switch
    {
        TypeKind.TinyInt => value == (sbyte)value,
        TypeKind.SmallInt => value == (short)value,
        TypeKind.Integer => value == (int)value,
        _ => true,
    };

    public static bool TryBoolean<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        var isTrue = Ascii.EqualsIgnoreCase(text, "true"u8);
        if (!isTrue && !Ascii.EqualsIgnoreCase(text, "false"u8))
        {
            return false;
        }

        sink.Boolean(isTrue);
        return true;
    }

    public static bool TryFloating<TSink>(ReadOnlySpan<byte> text, bool isReal, TSink sink)
        where TSink : struct, IValueSink
    {
        var name = text.TrimStart("+-"u8);
        var isNamed = name.SequenceEqual("NaN"u8) || name.SequenceEqual("Infinity"u8);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || (!isNamed && name.Length > 0 && char.IsAsciiLetter((char)name[0])))
        {
            return false;
        }

        sink.Floating(isReal && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? real
            : value);
        return true;
    }

    public static bool TryDecimal<TSink>(ReadOnlySpan<byte> text, SqlType type, TSink sink)
        where TSink : struct, IValueSink =>
        DecimalCell.TryRead(text is [(byte)'+', ..] ? text[1..] : text, type, sink);

    private static bool TryWhole<TSink>(ReadOnlySpan<byte> text, TypeKind kind, TSink sink)
        where TSink : struct, IValueSink
    {
        var point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            if (text[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            {
                return false;
            }

            text = text[..point];
        }

        // Of ".5" and "-.5" nothing is left but the sign.
        var digits = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        if (digits.IsEmpty && point >= 0)
        {
            sink.Whole(0);
            return true;
        }

        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || !Utf8Parser.TryParse(text, out long value, out var used) || used != text.Length || !Fits(value, kind))
        {
            return false;
        }

        sink.Whole(value);
        return true;
    }

    private static bool TryDate<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        if (text.Length != DateLength || !TimeText.TryParseDate(text, out var days))
        {
            return false;
        }

        sink.Date(days);
        return true;
    }

    private static bool TryTimestamp<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        // Without a zone: what ends with a letter or an offset is another form.
        var time = text.Length > DateLength ? text[DateLength..] : default;
        if ((!time.IsEmpty && (time[0] != ' ' || time[1..].IndexOfAnyExcept(TimeLetters) >= 0))
            || !TimeText.TryParseTimestamp(text, out var micros))
        {
            return false;
        }

        sink.Timestamp(micros);
        return true;
    }

    /// <summary>Bytes of base64 text; of other text, its own.</summary>
    private static void Binary<TSink>(ReadOnlySpan<byte> text, TSink sink)
        where TSink : struct, IValueSink
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        sink.Binary(Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done
            ? bytes.AsSpan(0, written)
            : text);
    }
}
