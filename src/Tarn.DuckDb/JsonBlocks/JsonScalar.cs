using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Native;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>Numbers, booleans, times and bytes.</summary>
internal sealed class JsonScalar(NativeType type, JsonReading reading) : JsonValue
{
    /// <summary>Without a sign, unlike .NET's own.</summary>
    private static readonly double NotANumber = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000);

    public override bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return TryAdd(reader.ValueSpan, isText: false, text.Heap, target);
            case JsonTokenType.True or JsonTokenType.False when type.Id == DuckDBType.Boolean:
                target.Add(reader.TokenType == JsonTokenType.True);
                return true;
            case JsonTokenType.String:
                return reader.ValueIsEscaped
                    ? TryAddUnescaped(ref reader, text.Heap, target)
                    : TryAdd(reader.ValueSpan, isText: true, text.Heap, target);
            default:
                return false;
        }
    }

    private bool TryAddUnescaped(ref JsonScanner reader, TextHeap heap, ColumnBuffer target)
    {
        var room = heap.Reserve(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(room);
            heap.Commit(length);
            return TryAdd(room[..length], isText: true, heap, target);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return false;
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> value, bool isText, TextHeap heap, ColumnBuffer target) => type.Id switch
    {
        DuckDBType.Timestamp or DuckDBType.TimestampTz => TryAddTimestamp(value, isText, target),
        DuckDBType.Date => TryAddDate(value, isText, target),
        DuckDBType.Blob => isText && TryAddBytes(value, heap, target),
        DuckDBType.Boolean => isText && reading.IsLenient && TryAddBoolean(value, target),
        _ => (!isText || reading.IsLenient) && TryAddNumber(value, isText, target),
    };

    private bool TryAddTimestamp(ReadOnlySpan<byte> value, bool isText, ColumnBuffer target)
    {
        if (!reading.Times.TryReadTimestamp(value, isText, out var micros))
        {
            return false;
        }

        target.Add(micros);
        return true;
    }

    private bool TryAddDate(ReadOnlySpan<byte> value, bool isText, ColumnBuffer target)
    {
        if (!reading.Times.TryReadDate(value, isText, out var days))
        {
            return false;
        }

        target.Add(days);
        return true;
    }

    private bool TryAddBytes(ReadOnlySpan<byte> value, TextHeap heap, ColumnBuffer target)
    {
        var room = heap.Reserve(value.Length);
        var length = value.Length;
        if (!reading.BlobIsBase64)
        {
            value.CopyTo(room);
        }
        else if (Base64.DecodeFromUtf8(value, room, out _, out length) != OperationStatus.Done)
        {
            return false;
        }

        target.AddText(room[..length], heap.Commit(length));
        return true;
    }

    private static bool TryAddBoolean(ReadOnlySpan<byte> value, ColumnBuffer target)
    {
        if (!Utf8Parser.TryParse(value, out bool flag, out var used) || used != value.Length)
        {
            return false;
        }

        target.Add(flag);
        return true;
    }

    private bool TryAddNumber(ReadOnlySpan<byte> value, bool isText, ColumnBuffer target)
    {
        switch (type.Id)
        {
            case DuckDBType.Float:
                if (!TryFloat(value, isText, out var real))
                {
                    return false;
                }

                target.Add(real);
                return true;
            case DuckDBType.Double:
                if (!TryDouble(value, isText, out var number))
                {
                    return false;
                }

                target.Add(number);
                return true;
            case DuckDBType.Decimal:
                return TryAddDecimal(value, target);
            default:
                return TryAddWhole(value, isText, target);
        }
    }

    private bool TryAddWhole(ReadOnlySpan<byte> value, bool isText, ColumnBuffer target)
    {
        // Text such as "010" is eight to some readers and ten to others.
        if (isText && value.Length > 1 && value.TrimStart("+-"u8) is [(byte)'0', >= (byte)'0', ..])
        {
            return false;
        }

        if (!NumberText.TryParseWhole(value, out var whole))
        {
            return false;
        }

        switch (type.Id)
        {
            case DuckDBType.BigInt:
                target.Add(whole);
                return true;
            case DuckDBType.Integer when whole == (int)whole:
                target.Add((int)whole);
                return true;
            case DuckDBType.SmallInt when whole == (short)whole:
                target.Add((short)whole);
                return true;
            case DuckDBType.TinyInt when whole == (sbyte)whole:
                target.Add((sbyte)whole);
                return true;
            default:
                return false;
        }
    }

    private bool TryAddDecimal(ReadOnlySpan<byte> value, ColumnBuffer target)
    {
        var bytes = type.DecimalBytes;
        if (bytes == 16)
        {
            if (!WideNumberText.TryParseDecimal(value, type.Width, type.Scale, out var wide))
            {
                return false;
            }

            target.Add(wide);
            return true;
        }

        if (!NumberText.TryParseDecimal(value, type.Width, type.Scale, out var unscaled))
        {
            return false;
        }

        switch (bytes)
        {
            case 2:
                target.Add((short)unscaled);
                break;
            case 4:
                target.Add((int)unscaled);
                break;
            default:
                target.Add(unscaled);
                break;
        }

        return true;
    }

    private static bool TryFloat(ReadOnlySpan<byte> value, bool isText, out float number)
    {
        if (isText && TryNamed(value, out var named))
        {
            number = (float)named;
            return true;
        }

        return float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && float.IsFinite(number);
    }

    private static bool TryDouble(ReadOnlySpan<byte> value, bool isText, out double number) =>
        (isText && TryNamed(value, out number))
        || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number));

    /// <summary>NaN and the infinities, which JSON has no numbers for.</summary>
    private static bool TryNamed(ReadOnlySpan<byte> value, out double number)
    {
        var name = value.TrimStart("+-"u8);
        number = name.SequenceEqual("NaN"u8) ? NotANumber
            : !name.SequenceEqual("Infinity"u8) ? 0
            : value[0] == '-' ? double.NegativeInfinity
            : double.PositiveInfinity;
        return number != 0;
    }
}
