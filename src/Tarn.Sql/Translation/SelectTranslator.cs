using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>One SELECT with the ORDER BY that follows it.</summary>
internal sealed class SelectTranslator(
    TranslationState state, QueryTranslator queries, ExpressionTranslator expressions)
{
    private readonly RelationTranslator _relations = new(state, queries, expressions);

    /// <summary>A position in the select list, checked.</summary>
    public static int Ordinal(Expression.Literal literal, int count, string clause) =>
        int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && ordinal >= 1 && ordinal <= count
            ? ordinal
            : throw SqlErrors.Invalid(
                "INVALID_COLUMN_REFERENCE",
                literal.Position,
                $"{clause} position {literal.Text} is not in select list");

    /// <param name="withKeys">True: the sort keys become columns behind the others, for WITH TIES.</param>
    public QueryResult Translate(
        QueryBody.Select select, IReadOnlyList<OrderItem> orderBy, Scope outer, bool withKeys)
    {
        var from = _relations.TranslateFrom(select.From, outer);
        var scope = new Scope(from, outer) { Windows = select.Windows };
        CallChecks.CheckNames(select.Windows);
        var where = "";
        if (select.Where is not null)
        {
            where = $" WHERE {expressions.TranslateFilter(select.Where, scope, "WHERE")}";
            FilterCollector.Collect(select.Where, scope);
            KeyConditions.Collect(select.Where, scope, state, expressions);
        }

        var items = TranslateItems(select, scope);
        var maps = new Dictionary<string, string>(StringComparer.Ordinal);
        var (groupBy, groupKeys) = TranslateGroupBy(select, scope, items, maps);
        GroupingCheck.Check(select, orderBy, scope, groupKeys, value => TryTranslate(value, scope));
        var having = select.Having is null
            ? ""
            : $" HAVING {expressions.TranslateCondition(select.Having, scope, "HAVING")}";
        items = Ordered(items, select.IsDistinct, maps);
        if (select.IsDistinct || select.GroupBy.Count > 0)
        {
            // Every item of DISTINCT decides which rows are equal.
            state.Uses.UnionWith(select.IsDistinct ? items.SelectMany(item => item.Uses) : []);
        }

        var names = QueryTranslator.UniqueNames(items.Select(item => item.Name));
        var keys = TranslateOrderBy(orderBy, scope, items);
        if (select.IsDistinct && keys.FindIndex(key => key is string) is var unlisted and >= 0)
        {
            throw SqlErrors.Invalid(
                "EXPRESSION_NOT_IN_DISTINCT",
                orderBy[unlisted].Value.Position,
                "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
        }

        var order = keys.Count == 0
            ? ""
            : $" ORDER BY {string.Join(", ", orderBy.Zip(keys, (item, key) => QueryTranslator.Direction(item, key)))}";
        var list = string.Join(
            ", ",
            items.Select((item, i) => $"{item.Sql} AS {DuckText.Name(names[i])}")
                .Concat(withKeys ? keys.Select((key, i) => KeyColumn(key, items, i)) : []));
        var fromText = from.Sql.Length == 0 ? "" : $" FROM {from.Sql}";
        var sql = $"SELECT {(select.IsDistinct ? "DISTINCT " : "")}{list}{fromText}{where}{groupBy}"
            + Replace(having + order, maps);

        foreach (var use in items.SelectMany(item => item.Uses))
        {
            use.Scan.Mentioned.Add(use.Column);
        }

        // A condition on the result may be tested on the table's rows, unless the rows decide each other's values.
        var isRowByRow = !select.IsDistinct && select.GroupBy.Count == 0
            && !list.Contains("over", StringComparison.OrdinalIgnoreCase);
        return new QueryResult(
            sql,
            [
                .. items.Select((item, i) => item with
                {
                    Sql = DuckText.Name(names[i]),
                    Origin = isRowByRow ? item.Origin : null,
                }),
            ]);
    }

    /// <summary>Maps that decide which rows are equal have their entries in order, wherever they stand.</summary>
    private static List<OutputColumn> Ordered(
        List<OutputColumn> items, bool isDistinct, Dictionary<string, string> maps) =>
        [
            .. items.Select(item => item with { Sql = Replace(item.Sql, maps) }).Select(item =>
                isDistinct && item.Type is { } type
                    ? item with { Sql = MapOrder.Sort(new Typed(item.Sql, type)) }
                    : item),
        ];

    private static string Replace(string sql, Dictionary<string, string> maps) =>
        maps.Aggregate(sql, (text, map) => text.Replace(map.Key, map.Value, StringComparison.Ordinal));

    private List<OutputColumn> TranslateItems(QueryBody.Select select, Scope scope)
    {
        var items = new List<OutputColumn>();
        foreach (var item in select.Items)
        {
            if (item.Value is null)
            {
                items.AddRange(Renamed(item, Expand(item, scope)));
                continue;
            }

            if (item.IsRowStar)
            {
                items.AddRange(Renamed(item, ExpandRow(item, scope)));
                continue;
            }

            var (value, uses) = state.Collect(() => expressions.Translate(item.Value, scope));
            var name = item.Alias?.Text ?? item.Value switch
            {
                Expression.Reference reference => reference.Parts[^1].Text,
                Expression.Field field => field.Member.Text,
                _ => null,
            };
            var origin = item.Value is Expression.Reference whole ? scope.FindLocal(whole)?.Origin : null;
            items.Add(new OutputColumn(name, value.Sql, value.Type, uses) { Origin = origin });
        }

        return items;
    }

    /// <summary><c>value.*</c>: a column for each field.</summary>
    private List<OutputColumn> ExpandRow(SelectItem star, Scope scope)
    {
        var (value, uses) = state.Collect(() => expressions.Translate(star.Value!, scope));
        return value.Type.Kind == TypeKind.Row
            ? [.. value.Type.Arguments.Select((type, i) => new OutputColumn(
                value.Type.FieldNames[i].Length == 0 ? null : value.Type.FieldNames[i],
                $"({value.Sql}).{DuckText.Name(value.Type.FieldKey(i))}",
                type,
                uses))]
            : throw SqlErrors.TypeMismatch(
                star.Position, $"expected expression of type Row, but the star's value is of type {value.Type}");
    }

    private static IEnumerable<OutputColumn> Renamed(SelectItem star, List<OutputColumn> columns) =>
        star.StarNames.Count == 0
            ? columns
            : star.StarNames.Count == columns.Count
                ? columns.Zip(star.StarNames, (column, name) => column with { Name = name.Text })
                : throw SqlErrors.Invalid(
                    "MISMATCHED_COLUMN_ALIASES",
                    star.Position,
                    $"Column alias list has {star.StarNames.Count} entries but relation has {columns.Count} columns");

    public static List<OutputColumn> Expand(SelectItem star, Scope scope)
    {
        var columns = scope.From.Star;
        if (star.Qualifier.Count > 0)
        {
            var name = star.Qualifier[^1].Text;
            var source = scope.From.Sources.FirstOrDefault(source =>
                name.Equals(source.Name, StringComparison.OrdinalIgnoreCase)
                && (star.Qualifier.Count == 1
                    || star.Qualifier[^2].Text.Equals(source.Database, StringComparison.OrdinalIgnoreCase)));
            columns = source?.Columns ?? throw SqlErrors.TableNotFound(star.Position, name, "it is not in FROM");
        }
        else if (scope.From.Sql.Length == 0)
        {
            throw SqlErrors.Invalid(
                "COLUMN_NOT_FOUND", star.Position, "SELECT * not allowed in queries without FROM clause");
        }

        var visible = columns.Where(column => !column.IsHidden).ToList();
        foreach (var column in visible)
        {
            RelationTranslator.RequireType(column, star.Position);
        }

        return visible;
    }

    private string? TryTranslate(Expression value, Scope scope)
    {
        try
        {
            return state.Collect(() => expressions.Translate(value, scope)).Result.Sql;
        }
        catch (TarnException)
        {
            // Inside a lambda its parameters are no names of the query.
            return null;
        }
    }

    private (string Text, IReadOnlyCollection<string> Keys) TranslateGroupBy(
        QueryBody.Select select, Scope scope, List<OutputColumn> items, Dictionary<string, string> maps)
    {
        if (select.GroupBy.Count == 0)
        {
            return ("", []);
        }

        var elements = select.GroupBy
            .Select(grouping => (
                grouping.Kind,
                Sets: (IReadOnlyList<IReadOnlyList<string>>)[
                    .. grouping.Sets.Select(set => set.Select(value => GroupKey(value, scope, items, maps)).ToList())]))
            .ToList();
        var keys = elements.SelectMany(element => element.Sets).SelectMany(set => set)
            .ToHashSet(StringComparer.Ordinal);
        if (select.IsGroupByDistinct)
        {
            var sets = GroupingSets.Distinct(elements) ?? throw SqlErrors.Invalid(
                "TOO_MANY_GROUPING_SETS",
                select.GroupBy[0].Position,
                $"GROUP BY has more than {GroupingSets.CountMax} grouping sets");
            elements = [("GROUPING SETS", sets)];
        }

        var texts = elements.Select(element => element.Kind.Length == 0
            ? element.Sets[0][0]
            : $"{element.Kind} ({string.Join(", ", element.Sets.Select(set => SetText(set, element.Kind)))})");
        return (Replace($" GROUP BY {string.Join(", ", texts)}", maps), keys);
    }

    private static string SetText(IReadOnlyList<string> set, string kind) =>
        set.Count == 1 && kind != "GROUPING SETS" ? set[0] : $"({string.Join(", ", set)})";

    private string GroupKey(
        Expression value, Scope scope, List<OutputColumn> items, Dictionary<string, string> maps)
    {
        string Noted(string sql, SqlType type)
        {
            if (MapOrder.Has(type))
            {
                maps[sql] = MapOrder.Sort(new Typed(sql, type));
            }

            return sql;
        }

        if (value is Expression.Literal { Type.IsInteger: true } literal)
        {
            var item = items[Ordinal(literal, items.Count, "GROUP BY") - 1];
            state.Uses.UnionWith(item.Uses);

            // A constant item would be read as a position of its own.
            return item.Sql.All(c => char.IsAsciiDigit(c))
                ? $"CAST({item.Sql} AS {item.Type!.DuckDbName})"
                : Noted(item.Sql, item.Type!);
        }

        var key = expressions.Translate(value, scope);
        return Noted(key.Sql, key.Type);
    }

    private static string KeyColumn(object key, List<OutputColumn> items, int index) =>
        $"{(key is int position ? items[position - 1].Sql : key)} AS {TiesTranslator.Key(index)}";

    /// <summary>For each sort item a position in the select list, or its text.</summary>
    private List<object> TranslateOrderBy(
        IReadOnlyList<OrderItem> orderBy, Scope scope, List<OutputColumn> items)
    {
        var inner = new Scope(scope.From, scope)
        {
            First = [.. items.Where(item => item.Name is not null).DistinctBy(item => (item.Name, item.Sql))],
        };
        return [.. orderBy.Select(item => OrderKey(item, inner, items))];
    }

    private object OrderKey(OrderItem item, Scope scope, List<OutputColumn> items)
    {
        if (item.Value is Expression.Literal { Type.IsInteger: true } literal)
        {
            var ordinal = Ordinal(literal, items.Count, "ORDER BY");
            state.Uses.UnionWith(items[ordinal - 1].Uses);
            return ordinal;
        }

        var key = expressions.Translate(item.Value, scope);
        var position = items.FindIndex(output => output.Sql == key.Sql);
        if (position < 0 && items.Exists(output => Once.IsVolatile(output.Sql)
            && key.Sql.Contains(output.Sql, StringComparison.Ordinal)))
        {
            throw SqlErrors.Unsupported(
                item.Value.Position,
                "ORDER BY an expression over a column of random values is not supported",
                "select the column in a subquery and order its rows");
        }

        return key.Type.Kind is TypeKind.Map or TypeKind.Json
            ? throw SqlErrors.TypeMismatch(item.Value.Position, $"Type {key.Type} is not orderable")
            : position >= 0 ? position + 1 : key.Sql;
    }
}
