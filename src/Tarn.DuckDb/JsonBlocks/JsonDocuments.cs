using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// Reads a payload's objects, one after the other, each into a row of the columns; a payload of which any part is
/// refused gives none. One thread's.
/// </summary>
internal sealed class JsonDocuments
{
    /// <summary>Objects of one payload; a row costs more than the two letters that an object may have.</summary>
    private const int ObjectsMax = 10_000;

    private readonly string[] _columns;
    private readonly JsonValue[] _values;
    private readonly MemberNames _names;

    public JsonDocuments(NativeMember[] columns, JsonReading reading)
    {
        _columns = [.. columns.Select(column => column.Name)];
        _values = [.. columns.Select(column => JsonValue.Of(column.Type, reading))];
        _names = new MemberNames(KeyFinder.Of(_columns, reading));
    }

    /// <summary>Keys of objects so far that no column is read from; not all when there are very many.</summary>
    public IEnumerable<string> UnknownNames => _names.Unknown;

    /// <summary>Null when the payload became rows, which <paramref name="rows"/> counts on.</summary>
    public Refusal? Read(in JsonText text, ColumnBuffer[] columns, ref int rows)
    {
        var before = rows;
        var refusal = Refuse(text.Bytes) ?? ReadObjects(text, columns, ref rows);
        if (refusal is not null)
        {
            rows = before;
            foreach (var column in columns)
            {
                column.Truncate(rows);
            }
        }

        return refusal;
    }

    /// <summary>What can be told without parsing, and so without the cost of an exception.</summary>
    private static Refusal? Refuse(ReadOnlySpan<byte> payload)
    {
        var start = payload.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return new Refusal(RefusalKind.Empty, null, "the record is empty");
        }

        if (!Utf8.IsValid(payload))
        {
            return new Refusal(RefusalKind.Malformed, null, "the text is not UTF-8");
        }

        return payload[start] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (byte)'t' or (byte)'f'
                or (byte)'n' or (>= (byte)'0' and <= (byte)'9')
            ? null
            : new Refusal(RefusalKind.Malformed, null, $"'{Shown(payload[start..])}' does not begin a JSON value");
    }

    private Refusal? ReadObjects(in JsonText text, ColumnBuffer[] columns, ref int rows)
    {
        try
        {
            var reader = new JsonScanner(text.Bytes);
            for (var objects = 0; reader.Read(); objects++)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    return NotAnObject(ref reader);
                }

                if (objects == ObjectsMax)
                {
                    return new Refusal(RefusalKind.Unfit, null, $"more than {ObjectsMax} objects in one record");
                }

                if (ReadMembers(ref reader, text, columns, rows) is { } refusal)
                {
                    return refusal;
                }

                rows++;
            }

            return null;
        }
        catch (JsonException)
        {
            return new Refusal(RefusalKind.Malformed, null, WhyNotJson(text.Bytes));
        }
    }

    private Refusal? ReadMembers(ref JsonScanner reader, in JsonText text, ColumnBuffer[] columns, int row)
    {
        for (var position = 0; reader.TryReadMember(_names, position, out var place); position++)
        {
            if (place < 0)
            {
                reader.Skip();
                continue;
            }

            if (columns[place].Count > row)
            {
                return new Refusal(RefusalKind.Unfit, _columns[place], "its key is there twice");
            }

            var start = reader.TokenStart;
            if (!_values[place].TryReadOrNull(ref reader, text, columns[place]))
            {
                return Unfit(text.Bytes[start..], _columns[place]);
            }
        }

        foreach (var column in columns)
        {
            if (column.Count == row)
            {
                column.AddNull();
            }
        }

        return null;
    }

    private static Refusal NotAnObject(ref JsonScanner reader)
    {
        var kind = reader.TokenType == JsonTokenType.StartArray ? "an array" : "not an object";
        reader.Skip();
        while (reader.Read())
        {
            // Text that is no JSON at all is told as that.
        }

        return new Refusal(RefusalKind.NotAnObject, null, $"the record is {kind}");
    }

    private static Refusal Unfit(ReadOnlySpan<byte> value, string column)
    {
        var reader = new JsonScanner(value);
        reader.Read();
        reader.Skip();
        return new Refusal(
            RefusalKind.Unfit, column, $"{Shown(value[..reader.Consumed])} does not fit its type");
    }

    private static string Shown(ReadOnlySpan<byte> value)
    {
        const int ShownBytesMax = 40;
        var shown = Encoding.UTF8.GetString(value[..Math.Min(value.Length, ShownBytesMax)]);
        return value.Length > ShownBytesMax ? shown + "..." : shown;
    }

    /// <summary>.NET's own reader says where and why; its first sentence is enough.</summary>
    private static string WhyNotJson(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
            }

            return "the text is not JSON";
        }
        catch (JsonException exception)
        {
            var end = exception.Message.IndexOf(". ", StringComparison.Ordinal);
            return end < 0 ? exception.Message : exception.Message[..end];
        }
    }
}
