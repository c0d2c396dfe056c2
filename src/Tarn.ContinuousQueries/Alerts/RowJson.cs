using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// Rows of a view as JSON objects by column: numbers, booleans, texts; JSON as it is; times in UTC as ISO 8601; NaN and
/// infinities, which JSON has no numbers for, as texts. Not thread-safe.
/// </summary>
internal sealed class RowJson(IReadOnlyList<ViewColumn> columns)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The key columns of a row alone.</summary>
    public string Keys(ColumnBatch rows, int row) => Write(rows, row, keysOnly: true);

    public string Row(ColumnBatch rows, int row) => Write(rows, row, keysOnly: false);

    private string Write(ColumnBatch rows, int row, bool keysOnly)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartObject();
            for (var column = 0; column < columns.Count; column++)
            {
                if (!keysOnly || columns[column].IsKey)
                {
                    json.WritePropertyName(columns[column].Name);
                    Write(json, rows.Columns[column], row);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

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
            case decimal value:
                json.WriteNumberValue(value);
                break;
            case double value when double.IsFinite(value):
                json.WriteNumberValue(value);
                break;
            case double value:
                json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTime value:
                json.WriteStringValue(value);
                break;
            case DateOnly value:
                json.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case string value when column.Type.Sql == "JSON":
                json.WriteRawValue(value);
                break;
            case var value:
                json.WriteStringValue((string)value);
                break;
        }
    }
}
