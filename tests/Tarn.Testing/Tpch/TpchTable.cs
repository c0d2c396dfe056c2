namespace Tarn.Testing.Tpch;

/// <summary>A table of TPC-H.</summary>
/// <param name="Columns">In Hive's types: <c>name type; name type</c>.</param>
/// <param name="Rows">A DuckDB query for its rows, in the order and with the types of the columns.</param>
public sealed record TpchTable(string Name, string Columns, string Rows)
{
    /// <summary>The rows with the columns' names.</summary>
    public string Select
    {
        get
        {
            var names = Columns.Split("; ").Select(column => column[..column.IndexOf(' ', StringComparison.Ordinal)]);
            return $"SELECT * FROM ({Rows}) AS t({string.Join(", ", names)})";
        }
    }
}
