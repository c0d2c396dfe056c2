using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>
/// Turns a query into one for DuckDB that means what Trino means: names are resolved, every expression is typed,
/// and the text is written by type (integer division, sums, casts). Pure: tables come from a resolver.
/// </summary>
public static class SqlTranslator
{
    /// <summary>
    /// Translates; <paramref name="resolve"/> answers null for a table that is not there. Throws with Athena's codes.
    /// </summary>
    public static TranslatedQuery Translate(Query query, Func<Relation.Table, TableSchema?> resolve)
    {
        var state = new TranslationState(resolve);
        var relation = new QueryTranslator(state).Translate(query, new Scope(FromClause.Empty, null));
        foreach (var use in relation.Columns.SelectMany(column => column.Uses).Concat(state.Uses))
        {
            use.Scan.Columns.Add(use.Column);
        }

        var columns = relation.Columns
            .Select(
                (column, i) => new TranslatedColumn(column.Name ?? $"_col{i}", column.Type ?? Types.SqlType.Unknown))
            .ToList();
        return new TranslatedQuery(columns, state.Scans, state.CommonTables, state.IsRecursive, relation.Sql);
    }
}
