namespace Tarn.Sql.Translation;

/// <summary>
/// A condition on a table's partition keys alone. Where it is not true for a partition's values, no row of the
/// partition is used; but where it is true for NULL in all keys it says nothing, for rows that an outer join makes up.
/// </summary>
/// <param name="Columns">The keys that it names, in lower case.</param>
/// <param name="Sql">In DuckDB's words, over columns of these names in their own types.</param>
public sealed record KeyCondition(IReadOnlyList<string> Columns, string Sql);
