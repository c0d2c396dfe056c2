using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// A name of a session with the rows now behind it. A table with the same columns takes the place of the earlier one
/// without any statement, so that registering a batch a thousand times a second costs DuckDB nothing.
/// </summary>
internal sealed class RegisteredTable(long handle, ulong connectionId, ScanFailure failure, INativeTable table)
{
    private volatile INativeTable _table = table;

    public long Handle { get; } = handle;

    /// <summary>The only connection that may read it.</summary>
    public ulong ConnectionId { get; } = connectionId;

    public ScanFailure Failure { get; } = failure;

    public IReadOnlyList<DuckDbColumn> Columns { get; } = table.Columns;

    public NativeType[] Types { get; } =
        [.. table.Columns.Select(column => TypeOf(column, table is IBlockTable))];

    public INativeTable Table => _table;

    /// <summary>Puts another table in place; false when its columns differ.</summary>
    public bool TryReplace(INativeTable table)
    {
        if (table is IBlockTable != _table is IBlockTable
            || (!ReferenceEquals(table.Columns, Columns) && !table.Columns.SequenceEqual(Columns)))
        {
            return false;
        }

        _table = table;
        return true;
    }

    private static NativeType TypeOf(DuckDbColumn column, bool isInBlocks) =>
        isInBlocks ? NativeColumn.Parse(column) : NativeColumn.ParseCell(column);
}
