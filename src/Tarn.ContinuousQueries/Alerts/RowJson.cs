using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>Rows of a view as JSON objects by column. Not thread-safe.</summary>
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
                    CellJson.Write(json, rows.Columns[column], row);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
