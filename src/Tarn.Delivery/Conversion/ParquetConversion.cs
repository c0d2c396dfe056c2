using Tarn.Catalog.Tables;
using Tarn.Delivery.Conversion.Times;
using Tarn.Delivery.Processing;
using Tarn.DuckDb;
using Tarn.DuckDb.JsonBlocks;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// JSON records to a Parquet file with the columns of a table:
/// <code>
/// spool -> blocks, parsed by several threads -> one DuckDB thread, in the spool's order -> row groups -> file
/// </code>
/// </summary>
internal sealed class ParquetConversion : IRecordConversion
{
    private const string TableName = "records";

    /// <summary>Memory of a block's cells, of which a few are under way; its texts stay where they were read.</summary>
    private const int BlockCellBytes = 8 << 20;
    private const int RecordsMin = 64;
    private const int RecordsMax = 8192;

    private readonly ConversionSlots _slots;
    private readonly IReadOnlyList<Column> _hiveColumns;
    private readonly IReadOnlyList<DuckDbColumn> _columns;
    private readonly JsonReading _reading;
    private readonly string _options;

    public ParquetConversion(FormatConversion settings, Table table, ConversionSlots slots)
    {
        ParquetOptions.Check(settings.Output);
        _slots = slots;
        _hiveColumns = table.Storage.Columns;
        _columns = ConversionColumns.Of(table);
        _reading = Reading(settings.Input, table);
        _options = ParquetOptions.Print(settings.Output);
        JsonBlockTable.CheckColumns(_columns, _reading);
    }

    public async Task<ConvertedRecords> ConvertAsync(
        string spoolPath, string outputPath, Action<FailedRecord> failed, CancellationToken cancellation)
    {
        using var slot = await _slots.TakeAsync(cancellation).ConfigureAwait(false);
        using var session = slot.OpenSession();
        using var source = new SpoolSource(
            spoolPath, Math.Clamp(BlockCellBytes / (_columns.Count * 16), RecordsMin, RecordsMax));
        var table = new JsonBlockTable(
            _columns,
            _reading,
            source,
            (block, index, refusal) => failed(Fail(((SpoolBlock)block)[index], refusal)),
            slot.Workers,
            cancellation);
        session.RegisterTable(TableName, table);
        var isWritten = false;
        try
        {
            var rows = await session.ExecuteAsync(
                $"COPY {TableName} TO '{outputPath.Replace("'", "''", StringComparison.Ordinal)}' ({_options})",
                cancellation).ConfigureAwait(false);
            isWritten = rows > 0;
            return new ConvertedRecords(rows, [.. table.UnknownNames]);
        }
        finally
        {
            // A failed or cancelled COPY leaves what it has written, one without rows an empty table.
            if (!isWritten)
            {
                File.Delete(outputPath);
            }
        }
    }

    private static JsonReading Reading(JsonSerDe serDe, Table table)
    {
        switch (serDe)
        {
            case OpenXJsonSerDe openX:
                ConversionKeys.Check(openX.ColumnToKey, table);
                return new JsonReading
                {
                    IgnoresCase = openX.CaseInsensitive,
                    DotsAreUnderscores = openX.ConvertDots,
                    Keys = new Dictionary<string, string>(openX.ColumnToKey, StringComparer.OrdinalIgnoreCase),
                    Times = new OpenXTimes(),
                };
            case HiveJsonSerDe hive:
                return new JsonReading
                {
                    IsLenient = false, BlobIsBase64 = false, Times = new HiveTimes(hive.TimestampFormats),
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(serDe), serDe, message: null);
        }
    }

    private FailedRecord Fail(FlowRecord record, Refusal refusal)
    {
        var (code, message) = ConversionErrors.Of(refusal, _hiveColumns);
        return new FailedRecord(
            record, ErrorTypes.FormatConversionFailed, code, message, LambdaArn: null, Attempts: 1);
    }
}
