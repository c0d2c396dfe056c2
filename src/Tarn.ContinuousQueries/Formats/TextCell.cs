using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>Writes a value that is text into one cell.</summary>
internal static class TextCell
{
    /// <summary>False when the text does not fit the column's type.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> text, CellType type, ColumnWriter writer, int column, int row)
    {
        switch (type.Kind)
        {
            case CellKind.Text:
                if (type.Sql == "JSON" ? !IsJson(text) : !Utf8.IsValid(text))
                {
                    return false;
                }

                writer.SetUtf8(column, row, text);
                return true;
            case CellKind.Double:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    || !double.IsFinite(number))
                {
                    return false;
                }

                writer.SetDouble(column, row, number);
                return true;
            default:
                if (!TryParse(text, type, out var value))
                {
                    return false;
                }

                CellWriter.Write(writer, column, row, value, type);
                return true;
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, CellType type, out long value)
    {
        switch (type.Kind)
        {
            case CellKind.Boolean:
                value = Is(text, "true") || Is(text, "t") || Is(text, "1") ? 1 : 0;
                return value == 1 || Is(text, "false") || Is(text, "f") || Is(text, "0");
            case CellKind.Int32:
                return NumberText.TryParseWhole(text, out value) && value == (int)value;
            case CellKind.Int64:
                return NumberText.TryParseWhole(text, out value);
            case CellKind.Date:
                var isDate = TimeText.TryParseDate(text, out var days);
                value = days;
                return isDate;
            case CellKind.Timestamp:
                return TimeText.TryParseTimestamp(text, out value);
            default:
                var (width, scale) = CellType.DecimalDigits(type.Sql);
                return NumberText.TryParseDecimal(text, width, scale, out value);
        }
    }

    private static bool Is(ReadOnlySpan<byte> text, string word)
    {
        if (text.Length != word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if ((text[i] | 0x20) != word[i] && text[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
