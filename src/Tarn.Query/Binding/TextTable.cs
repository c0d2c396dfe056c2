using System.Globalization;
using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.Query.Binding;

/// <summary>Rows held in memory as text; columns are VARCHAR or BIGINT.</summary>
internal sealed class TextTable(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<string?[]> rows) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns => columns;

    public INativeTableScan Open() => new Scan(columns, rows);

    private sealed class Scan(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<string?[]> rows) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, rows.Count - _next);
            for (var row = 0; row < count; row++)
            {
                var values = rows[_next++];
                for (var column = 0; column < values.Length; column++)
                {
                    Write(writer, column, row, values[column]);
                }
            }

            return count;
        }

        public void Dispose()
        {
        }

        private void Write(ColumnWriter writer, int column, int row, string? value)
        {
            if (value is null)
            {
                return;
            }

            if (columns[column].Type == "BIGINT")
            {
                writer.SetInt64(column, row, long.Parse(value, CultureInfo.InvariantCulture));
            }
            else
            {
                writer.SetUtf8(column, row, Encoding.UTF8.GetBytes(value));
            }
        }
    }
}
