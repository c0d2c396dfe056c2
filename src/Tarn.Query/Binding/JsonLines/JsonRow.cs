using System.Text;
using System.Text.Json;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>Turns a line into a row. One thread's.</summary>
internal sealed partial class JsonRow : ILineRow
{
    private readonly JsonSerDe _serDe;
    private readonly IReadOnlyList<LineField> _fields;
    private readonly JsonScalar _scalars;
    private readonly JsonNested _nested;
    private readonly MemberNames _names;
    private readonly long[] _seen;
    private long _row;

    public JsonRow(JsonSerDe serDe, IReadOnlyList<LineField> fields)
    {
        _serDe = serDe;
        _fields = fields;
        _scalars = new JsonScalar(serDe);
        _nested = new JsonNested(serDe, _scalars);
        _names = new MemberNames(serDe.Finder([.. fields.Select(field => field.Name)]));
        _seen = new long[fields.Count];
    }

    public bool IsBlank(ReadOnlySpan<byte> line) =>
        !line.StartsWith((byte)'{') && Plain(line).TrimStart(" \t\r"u8).IsEmpty;

    public string? Read(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        line = Plain(line);
        if (TryReadPlain(line, writer, row))
        {
            return null;
        }

        _row++;
        var hasObject = false;
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Malformed("the line is not a JSON object", writer, row, reader.TokenType);
            }

            if (ReadMembers(ref reader, line, writer, row) is { } reason)
            {
                return reason;
            }

            hasObject = true;
            reader.Read();
            return null;
        }
        catch (JsonException exception)
        {
            // OpenX drops such text: with it whole records that follow on the same line.
            return hasObject
                ? "text follows the JSON object: every object needs a line of its own"
                : Malformed("the line is not JSON: " + FirstSentence(exception.Message), writer, row, default);
        }
    }

    public void Dispose() => _nested.Dispose();

    /// <summary>A line may begin with a byte order mark where files were joined.</summary>
    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> line) =>
        line.StartsWith("\uFEFF"u8) ? line[3..] : line;

    /// <summary>A cell may have been written by <see cref="TryReadPlain"/> already; then it is written again.</summary>
    private string? ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        for (var position = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; position++)
        {
            var column = _names.Find(ref reader, position);
            if (column >= 0 && _seen[column] == _row)
            {
                return $"the key of column '{_fields[column].Name}' is there twice"
                    + (_serDe.IgnoresCase ? ", case ignored" : "");
            }

            reader.Read();
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

            _seen[column] = _row;
            var start = (int)reader.TokenStartIndex;
            if (!TryWrite(ref reader, line, column, writer, row))
            {
                reader.Skip();
                if (!_serDe.InvalidIsNull)
                {
                    return Misfit(line[start..(int)reader.BytesConsumed], _fields[column]);
                }

                writer.SetNull(column, row);
            }
        }

        return null;
    }

    private bool TryWrite(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int column, ColumnWriter writer, int row)
    {
        var field = _fields[column];
        if (reader.TokenType == JsonTokenType.Null)
        {
            writer.SetNull(column, row);
            return true;
        }

        if (!field.IsNested)
        {
            return _scalars.TryRead(ref reader, line, field.Type, new CellSink(writer, column, row, field.Type));
        }

        return TryWriteNested(ref reader, line, column, writer, row);
    }

    private bool TryWriteNested(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int column, ColumnWriter writer, int row)
    {
        var start = reader;
        if (_nested.TryRead(ref reader, line, _fields[column].Type, out var json))
        {
            writer.SetUtf8(column, row, json);
            return true;
        }

        // The reader stands where the value stopped to fit.
        reader = start;
        return false;
    }

    private string? Malformed(string reason, ColumnWriter writer, int row, JsonTokenType token)
    {
        // Of a line that is an array OpenX makes a row by position.
        if (!_serDe.MalformedIsNull || token == JsonTokenType.StartArray)
        {
            return reason;
        }

        for (var column = 0; column < _fields.Count; column++)
        {
            writer.SetNull(column, row);
        }

        return null;
    }

    private static string Misfit(ReadOnlySpan<byte> value, LineField field)
    {
        const int ShownBytesMax = 40;
        var shown = Encoding.UTF8.GetString(value[..Math.Min(value.Length, ShownBytesMax)]);
        var more = value.Length > ShownBytesMax ? "..." : "";
        return $"column '{field.Name}': {shown}{more} is not a valid {field.Type}";
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
