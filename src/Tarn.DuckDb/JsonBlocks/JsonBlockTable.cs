using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// JSON payloads of a source as rows, in order: the objects of a payload, one after the other, a row each. Columns may
/// have nested types. Payloads are parsed by worker threads ahead of the query, a few blocks at a time, so memory does
/// not grow with the source. May be scanned once.
/// </summary>
/// <remarks>
/// A missing member or null is NULL; members without a column are ignored. A payload that cannot be read (not objects,
/// a value that does not fit its column, a key that is there twice) gives no row and is reported in its turn.
/// </remarks>
public sealed class JsonBlockTable : IBlockTable
{
    private readonly NativeMember[] _columns;
    private readonly JsonReading _reading;
    private readonly IPayloadSource _source;
    private readonly Action<PayloadBlock, int, Refusal> _refused;
    private readonly int _workers;
    private readonly CancellationToken _cancellation;
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private int _opened;

    /// <param name="columns">
    /// Unique names and types: BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL(p,s), VARCHAR,
    /// VARCHAR(n), BLOB, DATE, TIMESTAMP, and STRUCT, MAP(VARCHAR, ...) and [] of them.
    /// </param>
    /// <param name="source">Disposed at the end of the scan; by the caller if there was none.</param>
    /// <param name="refused">
    /// Told the block, the payload's place in it and why, in order; one call at a time, while the statement runs. What
    /// it throws fails the statement.
    /// </param>
    /// <param name="workers">Threads that parse, at least 1.</param>
    /// <param name="cancellation">
    /// That of the statement: DuckDB looks for its own interrupt between chunks only, and refused payloads fill none.
    /// </param>
    public JsonBlockTable(
        IReadOnlyList<DuckDbColumn> columns,
        JsonReading reading,
        IPayloadSource source,
        Action<PayloadBlock, int, Refusal> refused,
        int workers,
        CancellationToken cancellation)
    {
        Columns = columns;
        _columns = Check(columns, reading);
        _reading = reading;
        _source = source;
        _refused = refused;
        _workers = workers;
        _cancellation = cancellation;
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>
    /// After the scan, keys of objects that no column is read from, sorted; not all when there are very many.
    /// </summary>
    public IReadOnlyCollection<string> UnknownNames => _unknown;

    /// <summary>Throws Invalid or Unsupported, naming the column, if the columns could not be read.</summary>
    public static void CheckColumns(IReadOnlyList<DuckDbColumn> columns, JsonReading reading) =>
        Check(columns, reading);

    public INativeTableScan Open() => Interlocked.Increment(ref _opened) == 1
        ? new JsonBlockScan(
            _source,
            () => new JsonBlock(_source.MakeBlock(), _columns, _reading),
            _refused,
            _unknown,
            _workers,
            _cancellation)
        : throw new InvalidOperationException("a table of payloads is scanned once");

    private static NativeMember[] Check(IReadOnlyList<DuckDbColumn> columns, JsonReading reading)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        NativeMember[] members =
            [.. columns.Select(column => new NativeMember(column.Name, NativeColumn.Parse(column)))];
        if (members.FirstOrDefault(member => !names.Add(member.Name)) is { } twice)
        {
            throw new TarnException(ErrorKind.Invalid, $"column '{twice.Name}' is declared twice");
        }

        // Tells types and keys that cannot be read before the first row.
        _ = new JsonDocuments(members, reading);
        return members;
    }
}
