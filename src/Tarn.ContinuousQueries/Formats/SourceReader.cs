using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Formats.Avro;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Formats.Avro;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>Offers records of a source as a table, whatever their format. Immutable.</summary>
internal sealed class SourceReader
{
    private readonly IReadOnlyList<DuckDbColumn> _columns;
    private readonly Func<IPayloadReader>? _open;

    /// <summary>Throws Invalid when columns and schema do not fit.</summary>
    public SourceReader(SourceSpec source)
    {
        _columns = [.. source.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))];
        IReadOnlyList<PayloadColumn> cells =
            [.. source.Columns.Select(column => new PayloadColumn(column.Name, CellType.Of(column.Type)!))];
        switch (source.Format)
        {
            case SourceFormat.Csv:
                _open = () => new CsvReader(cells, (byte)source.Options.Delimiter);
                break;
            case SourceFormat.Avro:
                var layout = AvroLayout.Of(AvroType.Parse(source.Options.AvroSchema!), cells, source.Name);
                _open = () => new AvroReader(layout);
                break;
            default:
                break;
        }
    }

    public INativeTable Open(IReadOnlyList<ReadOnlyMemory<byte>> payloads, Action<SkippedRecord> skipped) =>
        _open is null
            ? new JsonRecordTable(_columns, payloads, skipped)
            : new PayloadTable(_columns, payloads, _open, skipped);
}
