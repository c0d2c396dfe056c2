using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>What a resolver says of a table that a query names.</summary>
/// <param name="Key">The resolver's own name for it, handed back in <see cref="TableScan"/>.</param>
/// <param name="Database">As written before the name by users.</param>
/// <param name="Columns">Names (lower case) and types; a null type is one that SQL cannot use.</param>
public sealed record TableSchema(
    object Key, string Database, string Name, IReadOnlyList<(string Name, SqlType? Type, string Declared)> Columns)
{
    /// <summary>Columns that can be named and that <c>*</c> does not show, such as <c>"$path"</c>.</summary>
    public IReadOnlyList<(string Name, SqlType Type)> Hidden { get; init; } = [];

    /// <summary>Those of the columns, in lower case, that are the same for all rows of a partition.</summary>
    public IReadOnlySet<string> PartitionKeys { get; init; } = new HashSet<string>();

    /// <summary>What a view stands for; null: it is a table. Nothing else of a view's schema counts.</summary>
    public TableView? View { get; init; }
}
