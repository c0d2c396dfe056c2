using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Puts a view's query where its name stands. What it gives must still fit what was stored.</summary>
internal sealed class ViewTranslator(QueryTranslator queries)
{
    /// <summary>The query, and its columns under the relation name <paramref name="alias"/>.</summary>
    public (string Sql, IReadOnlyList<OutputColumn> Columns) Translate(
        TableView view, SqlPosition position, string alias)
    {
        var result = Analyze(view, position);
        if (result.Columns.Count != view.Columns.Count)
        {
            throw Stale(
                view,
                position,
                $"stored view column count ({view.Columns.Count}) does not match column count derived from the view "
                    + $"query analysis ({result.Columns.Count})");
        }

        var columns = view.Columns.Zip(result.Columns)
            .Select((pair, at) => Column(view, pair.First, pair.Second, at, position, alias));
        return (result.Sql, [.. columns]);
    }

    private QueryResult Analyze(TableView view, SqlPosition position)
    {
        try
        {
            return queries.Translate(view.Query, new Scope(FromClause.Empty, null));
        }
        catch (TarnException failure) when (failure.Code is not (null or "INVALID_VIEW"))
        {
            var reason = $"Failed analyzing stored view '{view.Name}': {failure.Message}";
            throw SqlErrors.Invalid("INVALID_VIEW", position, reason, failure.Hint);
        }
    }

    private static OutputColumn Column(
        TableView view,
        (string Name, SqlType? Type, string Declared) stored,
        OutputColumn column,
        int at,
        SqlPosition position,
        string alias)
    {
        var sql = $"{alias}.{column.Sql}";
        var own = column.Type ?? SqlType.Unknown;
        if (stored.Type is not { } type)
        {
            return column with { Name = stored.Name, Sql = sql, Type = null, Declared = stored.Declared };
        }

        if (!stored.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)
            || !(own.Equals(type) || Coercion.CanCoerce(own, type)))
        {
            throw Stale(
                view,
                position,
                $"column [{column.Name}] of type {own} projected from query view at position {at} cannot be coerced to "
                    + $"column [{stored.Name}] of type {type} stored in view definition");
        }

        return own.Equals(type)
            ? column with { Name = stored.Name, Sql = sql, Type = type }
            : new OutputColumn(stored.Name, DuckText.Coerce(new Typed(sql, own), type), type, column.Uses);
    }

    private static TarnException Stale(TableView view, SqlPosition position, string reason) => SqlErrors.Invalid(
        "INVALID_VIEW",
        position,
        $"View '{view.Name}' is stale or in invalid state: {reason}",
        "make it again with CREATE OR REPLACE VIEW");
}
