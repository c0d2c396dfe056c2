using Tarn.DuckDb.NativeTables;

namespace Tarn.Query.Binding;

/// <summary>Files that are read here, as DuckDB sees them.</summary>
internal interface IFileTable : INativeTable
{
    /// <summary>The DuckDB query that gives the columns in their types: used columns first, then constants.</summary>
    /// <param name="name">Under which the table is registered.</param>
    string Select(string name);
}
