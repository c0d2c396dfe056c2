using System.Buffers;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>Rows as JSON objects. One caller at a time.</summary>
internal sealed class SinkJson(SinkEpoch epoch)
{
    /// <summary>What happened to a row, in the records of a view that changes rows.</summary>
    public const string OpField = "op";

    /// <summary>In which version it happened.</summary>
    public const string VersionField = "version";

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Refuses columns that have the name of such a field.</summary>
    public static void CheckNames(SinkSpec sink, ViewPlan plan)
    {
        string[] taken = plan.IsAppendOnly ? [] : [OpField, VersionField];
        if (plan.Columns.FirstOrDefault(column => taken.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is
            { } other)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"column '{other.Name}' of view '{sink.View}' has the name of a field that the sink's records have",
                hint: "give it another name in the view with AS");
        }
    }

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
                CellJson.Write(json, batch.Columns[column], row);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
