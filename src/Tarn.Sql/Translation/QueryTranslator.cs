using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// WITH, set operations, VALUES, ORDER BY and LIMIT; SELECT itself is <see cref="SelectTranslator"/>'s.
/// </summary>
internal sealed class QueryTranslator
{
    private readonly TranslationState _state;
    private readonly ExpressionTranslator _expressions;
    private readonly SelectTranslator _selects;
    private readonly RecursiveTables _recursive;

    public QueryTranslator(TranslationState state)
    {
        _state = state;
        _expressions = new ExpressionTranslator(state, this);
        _selects = new SelectTranslator(state, this, _expressions);
        _recursive = new RecursiveTables(state, this);
    }

    public QueryResult Translate(Query query, Scope outer)
    {
        var scope = new Scope(FromClause.Empty, outer) { Tables = TranslateWith(query, outer) };
        var tail = query.WithTies ? Limits(query with { Limit = null }) : Limits(query);
        var result = Translate(query, scope, tail);
        return query.WithTies
            ? result with
            {
                Sql = TiesTranslator.Wrap(
                    result.Sql, result.Columns, query.OrderBy, Count(query.Limit!, "FETCH FIRST"), _state),
            }
            : result;
    }

    private QueryResult Translate(Query query, Scope scope, string tail)
    {
        if (query.Body is QueryBody.Select select)
        {
            var (sql, columns) = _selects.Translate(select, query.OrderBy, scope, query.WithTies);

            // What LIMIT keeps depends on all rows: a condition on the result may not be tested before.
            return new QueryResult(
                sql + tail,
                tail.Length == 0 && !query.WithTies
                    ? columns
                    : [.. columns.Select(column => column with { Origin = null })]);
        }

        var body = TranslateBody(query.Body, scope);
        return query.OrderBy.Count == 0
            ? tail.Length == 0 ? body : body with { Sql = $"SELECT * FROM ({body.Sql}) AS {_state.NewName("r")}{tail}" }
            : Sort(body, query, scope, tail);
    }

    public QueryResult TranslateBody(QueryBody body, Scope scope) => body switch
    {
        QueryBody.Select select => _selects.Translate(select, [], scope, withKeys: false),
        QueryBody.Nested nested => Translate(nested.Query, scope),
        QueryBody.Values values => TranslateValues(values, scope),
        QueryBody.SetOperation operation => TranslateSetOperation(operation, scope),
        _ => throw new InvalidOperationException($"no translation of {body.GetType().Name}"),
    };

    /// <summary>Names the result's columns so that no two are equal, as DuckDB wants it.</summary>
    public static IReadOnlyList<string> UniqueNames(IEnumerable<string?> names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unique = new List<string>();
        foreach (var name in names)
        {
            var wanted = name ?? $"_col{unique.Count}";
            var free = wanted;
            for (var i = 1; !taken.Add(free); i++)
            {
                free = $"{wanted}_{i}";
            }

            unique.Add(free);
        }

        return unique;
    }

    /// <summary>The result under a relation name, with its columns written as that relation's.</summary>
    public static IReadOnlyList<OutputColumn> Qualify(string alias, IReadOnlyList<OutputColumn> columns) =>
        [.. columns.Select(column => column with { Sql = $"{alias}.{column.Sql}" })];

    public static IReadOnlyList<OutputColumn> Rename(
        IReadOnlyList<OutputColumn> columns, IReadOnlyList<Identifier> names, Identifier alias) =>
        names.Count == 0
            ? columns
            : names.Count == columns.Count
                ? [.. columns.Zip(names, (column, name) => column with { Name = name.Text })]
                : throw SqlErrors.Invalid(
                    "MISMATCHED_COLUMN_ALIASES",
                    alias.Position,
                    $"Column alias list has {names.Count} entries "
                        + $"but '{alias.Text}' has {columns.Count} columns available");

    private static string Limits(Query query) =>
        (query.Limit is { } limit ? $" LIMIT {Count(limit, "LIMIT")}" : "")
        + (query.Offset is { } offset ? $" OFFSET {Count(offset, "OFFSET")}" : "");

    private static string Count(Expression count, string clause) =>
        count is Expression.Literal { Type.IsInteger: true, Text: { } text } && text[0] != '-'
            ? text
            : count is Expression.Parameter parameter
                ? throw ExpressionTranslator.Unbound(parameter)
                : throw SqlErrors.TypeMismatch(
                    count.Position, $"{clause} takes a whole number that is not negative");

    private CommonTables TranslateWith(Query query, Scope outer)
    {
        var tables = outer.Tables;
        foreach (var (at, common) in query.With.Index())
        {
            if (query.With.Take(at).Any(before =>
                before.Name.Text.Equals(common.Name.Text, StringComparison.OrdinalIgnoreCase)))
            {
                throw SqlErrors.Invalid(
                    "DUPLICATE_NAMED_QUERY",
                    common.Name.Position,
                    $"WITH query name '{common.Name.Text}' specified more than once");
            }

            if (query.IsRecursive && _recursive.TryTranslate(common, tables) is { } recursive)
            {
                tables = recursive;
                continue;
            }

            var result = Translate(common.Query, new Scope(FromClause.Empty, null) { Tables = tables });
            var alias = _state.NewName("w");
            _state.CommonTables.Add($"{alias} AS ({result.Sql})");
            tables = tables.With(common.Name.Text, alias, Rename(result.Columns, common.Columns, common.Name));
        }

        return tables;
    }

    private QueryResult Sort(QueryResult body, Query query, Scope scope, string tail)
    {
        var alias = _state.NewName("r");
        var columns = Qualify(alias, body.Columns);
        var inner = new Scope(new FromClause("", [], columns), scope);
        var keys = query.OrderBy.Select(item => item.Value is Expression.Literal { Type.IsInteger: true } literal
            ? columns[SelectTranslator.Ordinal(literal, columns.Count, "ORDER BY") - 1].Sql
            : _expressions.Translate(item.Value, inner).Sql).ToList();
        var order = string.Join(", ", query.OrderBy.Select((item, i) => Direction(item, keys[i])));
        var more = query.WithTies
            ? string.Concat(keys.Select((key, i) => $", {key} AS {TiesTranslator.Key(i)}"))
            : "";
        return body with { Sql = $"SELECT *{more} FROM ({body.Sql}) AS {alias} ORDER BY {order}{tail}" };
    }

    public static string Direction(OrderItem item, object key) =>
        $"{key} {(item.IsDescending ? "DESC" : "ASC")} NULLS {(item.NullsFirst ? "FIRST" : "LAST")}";

    private QueryResult TranslateValues(QueryBody.Values values, Scope scope)
    {
        var rows = values.Rows
            .Select(row => row.Select(value => _expressions.Translate(value, scope)).ToList())
            .ToList();
        var types = rows[0].Select(value => value.Type).ToList();
        foreach (var row in rows)
        {
            if (row.Count != types.Count)
            {
                throw SqlErrors.TypeMismatch(
                    values.Position, $"Values rows have mismatched sizes: {types.Count} vs {row.Count}");
            }

            for (var i = 0; i < row.Count; i++)
            {
                types[i] = Coercion.Common(types[i], row[i].Type) ?? throw SqlErrors.TypeMismatch(
                    values.Position, $"Values rows have mismatched types: {types[i]} vs {row[i].Type}");
            }
        }

        var names = UniqueNames(types.Select(_ => (string?)null));
        var text = rows.Select(
            row => $"({string.Join(", ", row.Select((value, i) => DuckText.Coerce(value, types[i])))})");
        var alias = _state.NewName("r");
        var list = string.Join(", ", names.Select(DuckText.Name));
        return new QueryResult(
            $"SELECT * FROM (VALUES {string.Join(", ", text)}) AS {alias}({list})",
            [.. names.Zip(types, (name, type) => new OutputColumn(name, DuckText.Name(name), type, []))]);
    }

    private QueryResult TranslateSetOperation(QueryBody.SetOperation operation, Scope scope)
    {
        var left = TranslateBody(operation.Left, scope);
        var right = TranslateBody(operation.Right, scope);
        if (left.Columns.Count != right.Columns.Count)
        {
            throw SqlErrors.TypeMismatch(
                operation.Position,
                $"{operation.Operator} query has different number of fields: "
                    + $"{left.Columns.Count}, {right.Columns.Count}");
        }

        // Every column decides which rows are equal, so all are used.
        _state.Uses.UnionWith(left.Columns.Concat(right.Columns).SelectMany(column => column.Uses));
        var types = left.Columns.Zip(right.Columns, (a, b) => Coercion.Common(Known(a), Known(b))
            ?? throw SqlErrors.TypeMismatch(
                operation.Position,
                $"column in {operation.Operator} query has incompatible types: {a.Type}, {b.Type}")).ToList();
        var names = UniqueNames(left.Columns.Select(column => column.Name));
        var sql = $"({Cast(left, types, names, operation.IsAll)}) {operation.Operator}"
            + $"{(operation.IsAll ? " ALL" : "")} ({Cast(right, types, names, operation.IsAll)})";
        var columns = names.Select(
            (name, i) => new OutputColumn(left.Columns[i].Name, DuckText.Name(name), types[i], []));
        return new QueryResult(sql, [.. columns]);
    }

    private static SqlType Known(OutputColumn column) => column.Type ?? SqlType.Unknown;

    /// <summary>Maps with their entries in order, where equal rows are found.</summary>
    private string Cast(QueryResult side, List<SqlType> types, IReadOnlyList<string> names, bool isAll)
    {
        var alias = _state.NewName("r");
        var items = side.Columns.Select((column, i) =>
        {
            var value = DuckText.Coerce(new Typed($"{alias}.{column.Sql}", Known(column)), types[i]);
            return $"{(isAll ? value : MapOrder.Sort(new Typed(value, types[i])))} AS {DuckText.Name(names[i])}";
        });
        return $"SELECT {string.Join(", ", items)} FROM ({side.Sql}) AS {alias}";
    }
}
