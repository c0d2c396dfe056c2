using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>
/// JSON payloads as rows, parsed straight into DuckDB's vectors: one payload, one object, one row, in order. <para> A
/// member goes to the column of its name, whatever the case; the last one wins. A missing member or null is NULL;
/// members without a column are ignored. Values are read as DuckDB's own JSON reader would: text that holds a number, a
/// boolean or a time is accepted for such a column, and VARCHAR takes any value as its JSON text. Fractions of a
/// DECIMAL are rounded half away from zero, those of a timestamp cut to microseconds. A timestamp without a zone is in
/// UTC. </para> <para> A payload that cannot be read (not one JSON object, a value that does not fit its column) is
/// left out, whichever columns the query reads, and reported once. The payloads must not change while the table is in
/// use. </para>
/// </summary>
public sealed class JsonRecordTable : INativeTable
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _payloads;
    private readonly Action<SkippedRecord> _skipped;
    private readonly JsonColumns _columns;
    private readonly HashSet<int> _reported = [];

    /// <param name="columns">Unique names and types of <see cref="INativeTable.Columns"/>.</param>
    /// <param name="skipped">Called on a DuckDB thread, one call at a time; must be quick and must not throw.</param>
    public JsonRecordTable(
        IReadOnlyList<DuckDbColumn> columns,
        IReadOnlyList<ReadOnlyMemory<byte>> payloads,
        Action<SkippedRecord> skipped)
    {
        Columns = columns;
        _payloads = payloads;
        _skipped = skipped;
        _columns = new JsonColumns(columns);
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    public INativeTableScan Open() => new JsonRecordScan(_columns, _payloads, Report);

    private void Report(SkippedRecord record)
    {
        lock (_reported)
        {
            if (_reported.Add(record.Index))
            {
                _skipped(record);
            }
        }
    }
}
