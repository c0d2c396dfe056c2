using System.Text;
using System.Text.Json;
using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>One pass over the payloads.</summary>
internal sealed class JsonRecordScan(
    JsonColumns columns,
    IReadOnlyList<ReadOnlyMemory<byte>> payloads,
    Action<SkippedRecord> skipped) : INativeTableScan
{
    private readonly MemberNames _names = new(columns.IndexOf);
    private int _next;

    public int Fill(ColumnWriter writer)
    {
        var row = 0;
        while (row < writer.Capacity && _next < payloads.Count)
        {
            var index = _next++;
            if (TryRead(payloads[index].Span, writer, row) is not { } reason)
            {
                row++;
                continue;
            }

            for (var column = 0; column < columns.Count; column++)
            {
                writer.SetNull(column, row);
            }

            skipped(new SkippedRecord(index, reason));
        }

        return row;
    }

    public void Dispose()
    {
    }

    /// <summary>Null when the payload became the row, else why not.</summary>
    private string? TryRead(ReadOnlySpan<byte> payload, ColumnWriter writer, int row)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "the payload is not a JSON object";
            }

            for (var position = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; position++)
            {
                var column = _names.Find(ref reader, position);
                reader.Read();
                if (column < 0)
                {
                    reader.Skip();
                }
                else if (!JsonCell.TryWrite(ref reader, payload, columns[column].Type, writer, column, row))
                {
                    return Describe(ref reader, payload, columns[column]);
                }
            }

            // Reads on to the end: a second object or text after the first one is not JSON.
            reader.Read();
            return null;
        }
        catch (JsonException exception)
        {
            return "the payload is not JSON: " + FirstSentence(exception.Message);
        }
    }

    private static string Describe(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, JsonColumn column)
    {
        const int ShownBytesMax = 40;
        if (column.Type.Id == DuckDBType.Varchar)
        {
            return $"column '{column.Name}': the text is not UTF-8";
        }

        var value = JsonCell.Raw(ref reader, payload);
        var shown = Encoding.UTF8.GetString(value[..Math.Min(value.Length, ShownBytesMax)]);
        var more = value.Length > ShownBytesMax ? "..." : string.Empty;
        return $"column '{column.Name}': {shown}{more} is not a {column.Type}";
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
