using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>Writes one JSON value into one cell.</summary>
internal static class JsonCell
{
    private const int StackBytesMax = 256;

    /// <summary>
    /// Writes the value under the reader, and moves the reader to its end. False when it does not fit the column's
    /// type.
    /// </summary>
    public static bool TryWrite(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> payload,
        NativeType type,
        ColumnWriter writer,
        int column,
        int row)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            writer.SetNull(column, row);
            return true;
        }

        if (type.Id == DuckDBType.Varchar)
        {
            return reader.TokenType == JsonTokenType.String && !type.IsJson
                ? TryWriteText(ref reader, writer, column, row)
                : TryWriteRaw(Raw(ref reader, payload), writer, column, row);
        }

        if (type.Id == DuckDBType.Boolean && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            writer.SetBoolean(column, row, reader.TokenType == JsonTokenType.True);
            return true;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return TryWriteNumber(reader.ValueSpan, type, writer, column, row);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        return reader.ValueIsEscaped
            ? TryWriteUnescaped(ref reader, type, writer, column, row)
            : TryWriteString(reader.ValueSpan, type, writer, column, row);
    }

    /// <summary>The value's own text in the payload; moves the reader to its end.</summary>
    public static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return payload[start..(int)reader.BytesConsumed];
    }

    private static bool TryWriteRaw(ReadOnlySpan<byte> json, ColumnWriter writer, int column, int row)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        writer.SetUtf8(column, row, json);
        return true;
    }

    private static bool TryWriteText(ref Utf8JsonReader reader, ColumnWriter writer, int column, int row)
    {
        if (!reader.ValueIsEscaped)
        {
            return TryWriteRaw(reader.ValueSpan, writer, column, row);
        }

        var length = reader.ValueSpan.Length;
        var rented = length > StackBytesMax ? ArrayPool<byte>.Shared.Rent(length) : null;
        try
        {
            Span<byte> buffer = rented ?? stackalloc byte[StackBytesMax];
            if (!TryUnescape(ref reader, buffer, out var written))
            {
                return false;
            }

            writer.SetUtf8(column, row, buffer[..written]);
            return true;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>A number, boolean or time with escapes in its text: rare, and never long.</summary>
    private static bool TryWriteUnescaped(
        ref Utf8JsonReader reader, NativeType type, ColumnWriter writer, int column, int row)
    {
        Span<byte> buffer = stackalloc byte[StackBytesMax];
        return reader.ValueSpan.Length <= StackBytesMax
            && TryUnescape(ref reader, buffer, out var written)
            && TryWriteString(buffer[..written], type, writer, column, row);
    }

    private static bool TryUnescape(ref Utf8JsonReader reader, scoped Span<byte> buffer, out int written)
    {
        try
        {
            written = reader.CopyString(buffer);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            written = 0;
            return false;
        }
    }

    private static bool TryWriteString(
        ReadOnlySpan<byte> text, NativeType type, ColumnWriter writer, int column, int row)
    {
        switch (type.Id)
        {
            case DuckDBType.Timestamp or DuckDBType.TimestampTz:
                if (!TimeText.TryParseTimestamp(text, out var micros))
                {
                    return false;
                }

                writer.SetTimestamp(column, row, micros);
                return true;
            case DuckDBType.Date:
                if (!TimeText.TryParseDate(text, out var days))
                {
                    return false;
                }

                writer.SetDate(column, row, days);
                return true;
            case DuckDBType.Boolean:
                if (!Utf8Parser.TryParse(text, out bool flag, out var consumed) || consumed != text.Length)
                {
                    return false;
                }

                writer.SetBoolean(column, row, flag);
                return true;
            default:
                return TryWriteNumber(text, type, writer, column, row);
        }
    }

    private static bool TryWriteNumber(
        ReadOnlySpan<byte> text, NativeType type, ColumnWriter writer, int column, int row)
    {
        switch (type.Id)
        {
            case DuckDBType.BigInt:
                if (!NumberText.TryParseWhole(text, out var whole))
                {
                    return false;
                }

                writer.SetInt64(column, row, whole);
                return true;
            case DuckDBType.Integer:
                if (!NumberText.TryParseWhole(text, out whole) || whole != (int)whole)
                {
                    return false;
                }

                writer.SetInt32(column, row, (int)whole);
                return true;
            case DuckDBType.Double:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    || !double.IsFinite(number))
                {
                    return false;
                }

                writer.SetDouble(column, row, number);
                return true;
            case DuckDBType.Decimal:
                if (!NumberText.TryParseDecimal(text, type.Width, type.Scale, out var unscaled))
                {
                    return false;
                }

                writer.SetDecimal(column, row, unscaled);
                return true;
            default:
                return false;
        }
    }
}
