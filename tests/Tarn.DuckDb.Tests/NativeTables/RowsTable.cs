using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.Tests.NativeTables;

/// <summary>A table over boxed rows: what the tests expect to read back.</summary>
internal sealed class RowsTable(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<object?[]> rows) : INativeTable
{
    private int _open;

    public IReadOnlyList<DuckDbColumn> Columns => columns;

    /// <summary>Scans opened and not yet disposed.</summary>
    public int OpenScans => _open;

    /// <summary>The columns that the last scan's query read.</summary>
    public IReadOnlyList<string> LastRead { get; private set; } = [];

    /// <summary>Thrown when the scan comes to this row.</summary>
    public (int Row, Exception Exception)? Fault { get; init; }

    public static RowsTable Of(string column, string type, params object?[] values) =>
        new([new DuckDbColumn(column, type)], values.Select(value => new[] { value }).ToArray());

    public static RowsTable Numbers(int count) =>
        Of("n", "BIGINT", Enumerable.Range(0, count).Select(number => (object?)(long)number).ToArray());

    public INativeTableScan Open()
    {
        Interlocked.Increment(ref _open);
        return new Scan(this);
    }

    private int Fill(ColumnWriter writer, int from)
    {
        LastRead = columns.Where((_, index) => writer.IsRead(index)).Select(column => column.Name).ToArray();
        var count = Math.Min(writer.Capacity, rows.Count - from);
        for (var row = 0; row < count; row++)
        {
            if (Fault is { } fault && fault.Row == from + row)
            {
                throw fault.Exception;
            }

            for (var column = 0; column < columns.Count; column++)
            {
                Write(writer, column, row, rows[from + row][column]);
            }
        }

        return count;
    }

    private void Write(ColumnWriter writer, int column, int row, object? value)
    {
        switch (value)
        {
            case null: break;
            case bool flag: writer.SetBoolean(column, row, flag); break;
            case int number when columns[column].Type == "DATE": writer.SetDate(column, row, number); break;
            case int number: writer.SetInt32(column, row, number); break;
            case long number when columns[column].Type.StartsWith("TIMESTAMP", StringComparison.Ordinal):
                writer.SetTimestamp(column, row, number);
                break;
            case long number when columns[column].Type.StartsWith("DECIMAL", StringComparison.Ordinal):
                writer.SetDecimal(column, row, number);
                break;
            case long number: writer.SetInt64(column, row, number); break;
            case double number: writer.SetDouble(column, row, number); break;
            case string text: writer.SetUtf8(column, row, Encoding.UTF8.GetBytes(text)); break;
            default: throw new ArgumentException(value.GetType().Name, nameof(value));
        }
    }

    private sealed class Scan(RowsTable table) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = table.Fill(writer, _next);
            _next += count;
            return count;
        }

        public void Dispose() => Interlocked.Decrement(ref table._open);
    }
}
