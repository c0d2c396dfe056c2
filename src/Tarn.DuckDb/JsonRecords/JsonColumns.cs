using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>The declared columns, by place and by name in any case.</summary>
internal sealed class JsonColumns
{
    private readonly JsonColumn[] _columns;
    private readonly Dictionary<string, int> _byName;

    public JsonColumns(IReadOnlyList<DuckDbColumn> columns)
    {
        _columns = columns.Select(column => new JsonColumn(column.Name, NativeColumn.ParseCell(column))).ToArray();
        _byName = new Dictionary<string, int>(_columns.Length, StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < _columns.Length; index++)
        {
            if (!_byName.TryAdd(_columns[index].Name, index))
            {
                throw new TarnException(ErrorKind.Invalid, $"column '{_columns[index].Name}' is declared twice");
            }
        }
    }

    public int Count => _columns.Length;

    public JsonColumn this[int index] => _columns[index];

    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);
}
