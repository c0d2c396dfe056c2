using System.Globalization;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>
/// What one translation collects. All relation names it hands out are its own, so user names never meet.
/// </summary>
internal sealed class TranslationState(Func<Relation.Table, TableSchema?> resolve)
{
    private int _names;

    public List<TableScan> Scans { get; } = [];

    public List<string> CommonTables { get; } = [];

    /// <summary>One of the common tables reads itself.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>Columns used by what is being translated now.</summary>
    public HashSet<ColumnUse> Uses { get; private set; } = [];

    /// <summary>Inside TRY, where DuckDB's error() may not stand.</summary>
    public bool IsInTry { get; set; }

    public TableSchema? Resolve(Relation.Table table) => resolve(table);

    public string NewName(string prefix) => prefix + (++_names).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Runs <paramref name="inner"/> and returns the columns that it used, which are not added to the present ones.
    /// </summary>
    public (T Result, HashSet<ColumnUse> Uses) Collect<T>(Func<T> inner)
    {
        var saved = Uses;
        Uses = [];
        try
        {
            return (inner(), Uses);
        }
        finally
        {
            Uses = saved;
        }
    }
}
