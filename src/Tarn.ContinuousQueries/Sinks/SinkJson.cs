using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>Rows as JSON objects. One caller at a time.</summary>
internal sealed class SinkJson(SinkEpoch epoch)
{
    /// <summary>What happened to a row, in the records of a view that changes rows.</summary>
    public const string OpField = "op";

    /// <summary>In which version it happened.</summary>
    public const string VersionField = "version";

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>A row that is there: all columns.</summary>
    public byte[] Row(int row) => Write(epoch.Rows, row, isRemoved: false);

    /// <summary>A row that is there no more: the columns of its key.</summary>
    public byte[] Removal(int row) => Write(epoch.Removed!, row, isRemoved: true);

    private byte[] Write(ColumnBatch batch, int row, bool isRemoved)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        if (!epoch.Appends)
        {
            json.WriteString(OpField, isRemoved ? "remove" : "upsert");
            json.WriteNumber(VersionField, epoch.Version);
        }

        for (var column = 0; column < epoch.Columns.Count; column++)
        {
            if (!isRemoved || epoch.Columns[column].IsKey)
            {
                json.WritePropertyName(epoch.Columns[column].Name);
                Write(json, batch.Columns[column], row);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>Times as DuckDB and JSON readers take them; what JSON has no number for as text.</summary>
    private static void Write(Utf8JsonWriter json, BatchColumn column, int row)
    {
        switch (column.Value(row))
        {
            case null:
                json.WriteNullValue();
                break;
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case long value:
                json.WriteNumberValue(value);
                break;
            case double value when double.IsFinite(value):
                json.WriteNumberValue(value);
                break;
            case double value:
                json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                break;
            case decimal value:
                json.WriteNumberValue(value);
                break;
            case DateOnly value:
                json.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime value:
                var zone = column.Type.Sql == "TIMESTAMPTZ" ? "Z" : "";
                json.WriteStringValue(
                    value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + zone);
                break;
            case string when column.Type.Sql == "JSON":
                json.WriteRawValue(column.Text(row), skipInputValidation: true);
                break;
            default:
                json.WriteStringValue(column.Text(row));
                break;
        }
    }
}
