using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Expressions over a query: a single value, EXISTS, IN, and comparisons with ALL or ANY.</summary>
internal sealed class Subqueries(
    TranslationState state, QueryTranslator queries, ExpressionTranslator expressions)
{
    public Typed Single(Expression.Subquery subquery, Scope scope)
    {
        var single = Column(subquery.Query, scope, subquery.Position);
        return new Typed($"({single.Sql})", single.Type);
    }

    /// <summary>A star gives no value that counts here, and would have every column read.</summary>
    public Typed Exists(Expression.Exists exists, Scope scope)
    {
        var query = exists.Query;
        if (query.Body is QueryBody.Select { IsDistinct: false, From.Count: > 0 } select
            && select.Items is [{ Value: null, Qualifier.Count: 0 } star])
        {
            var one = new Expression.Literal(star.Position, "1", SqlType.Integer);
            query = query with { Body = select with { Items = [star with { Value = one }] } };
        }

        return new Typed($"EXISTS ({Rows(query, scope).Sql})", SqlType.Boolean);
    }

    /// <param name="isFilter">Only rows where it is true count, so that NULL may be false.</param>
    public Typed In(Expression.InQuery test, Scope scope, bool isFilter)
    {
        var value = expressions.Translate(test.Value, scope);
        var rows = Rows(test.Query, scope);
        if (rows.Columns.Count > 1 || value.Type.Kind == TypeKind.Row)
        {
            return new RowsIn(state, test).Translate(value, Parts(test.Value, value, scope), rows, isFilter);
        }

        var item = rows.Columns is [var column]
            ? RelationTranslator.RequireType(column, test.Position)
            : throw Several(test.Position, rows);
        var type = Operators.Comparable(test.Position, "IN", value.Type, item);
        var alias = state.NewName("r");
        var shown = new Typed($"{alias}.v", item);
        var hasNaN = type.IsFloating && !Comparisons.IsNumber(value) && !Comparisons.IsNumber(shown);
        var text = item.Equals(type) && !hasNaN
            ? rows.Sql
            : $"SELECT {DuckText.Coerce(shown, type)} FROM ({rows.Sql}) AS {alias}(v)"
                + (hasNaN ? $" WHERE isnan({alias}.v) IS NOT TRUE" : "");
        return new Typed($"({DuckText.Coerce(value, type)} IN ({text}))", SqlType.Boolean);
    }

    public Typed Quantified(Expression.Quantified test, Scope scope)
    {
        var value = expressions.Translate(test.Value, scope);
        var rows = Column(test.Query, scope, test.Position);
        var type = Operators.Comparable(test.Position, test.Operator, value.Type, rows.Type);
        if (test.Operator is not ("=" or "<>") && type.Kind is TypeKind.Map or TypeKind.Array or TypeKind.Row)
        {
            throw SqlErrors.TypeMismatch(
                test.Position, $"Type [{type}] must be orderable in order to be used in quantified comparison");
        }

        var alias = state.NewName("r");
        var left = Comparisons.Key(new Typed(DuckText.Coerce(value, type), type));
        var column = Comparisons.Key(new Typed(DuckText.Coerce(new Typed($"{alias}.v", rows.Type), type), type));
        var from = $"({rows.Sql}) AS {alias}(v)";
        if (type.IsFloating)
        {
            (left, column, from) = WithoutNaN(test, type, left, column, from);
        }

        return new Typed(
            $"({left} {test.Operator} {test.Quantifier} (SELECT {column} FROM {from}))", SqlType.Boolean);
    }

    /// <summary>
    /// The side that may not be greater gets the least number for NaN; what no NaN is equal to has none.
    /// </summary>
    private static (string Left, string Column, string From) WithoutNaN(
        Expression.Quantified test, SqlType type, string left, string column, string from)
    {
        string Least(string sql) =>
            $"CASE WHEN isnan({sql}) THEN CAST('-inf' AS {type.DuckDbName}) ELSE {sql} END";
        return (test.Operator, test.Quantifier) switch
        {
            ("<" or "<=", _) => (left, Least(column), from),
            (">" or ">=", _) => (Least(left), column, from),
            ("=", "ANY") or ("<>", "ALL") => (left, column, $"{from} WHERE isnan({column}) IS NOT TRUE"),
            _ => (left, column, from),
        };
    }

    private Typed Column(Query query, Scope scope, SqlPosition position)
    {
        var result = Rows(query, scope);
        return result.Columns.Count == 1
            ? new Typed(result.Sql, RelationTranslator.RequireType(result.Columns[0], position))
            : throw Several(position, result);
    }

    private static Primitives.Errors.TarnException Several(SqlPosition position, QueryResult rows) => SqlErrors.Syntax(
        position, $"Multiple columns returned by subquery are not yet supported. Found {rows.Columns.Count}");

    private QueryResult Rows(Query query, Scope scope)
    {
        var rows = queries.Translate(query, scope);
        state.Uses.UnionWith(rows.Columns.SelectMany(column => column.Uses));
        return rows;
    }

    private List<Typed> Parts(Expression source, Typed value, Scope scope) => source is Expression.RowOf row
        ? [.. row.Items.Select(item => expressions.Translate(item, scope))]
        : [.. value.Type.Arguments.Select((_, i) => DuckText.Field(value, i))];
}
