using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>What a resolver says of a table that a query names.</summary>
/// <param name="Key">The resolver's own name for it, handed back in <see cref="TableScan"/>.</param>
/// <param name="Database">As written before the name by users.</param>
/// <param name="Columns">Names (lower case) and types; a null type is one that SQL cannot use.</param>
public sealed record TableSchema(
    object Key, string Database, string Name, IReadOnlyList<(string Name, SqlType? Type, string Declared)> Columns);
