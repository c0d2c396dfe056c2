using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>
/// What may stand where in a query with aggregates, in Trino's words: every column outside of an aggregate is one of
/// GROUP BY, aggregates are not in WHERE nor in each other.
/// </summary>
internal sealed class GroupingCheck : TreeRewriter
{
    private readonly Scope _scope;
    private readonly HashSet<string> _keys;
    private readonly IReadOnlyList<Expression> _expressions;
    private readonly HashSet<string> _texts;
    private readonly Func<Expression, string?> _translate;
    private readonly HashSet<string> _known;
    private bool _isGrouped = true;

    private GroupingCheck(
        Scope scope,
        HashSet<string> keys,
        IReadOnlyList<Expression> expressions,
        Func<Expression, string?> translate,
        IEnumerable<string> known)
    {
        _scope = scope;
        _keys = keys;
        _expressions = expressions;
        _texts = expressions.Select(SqlPrinter.Print).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _translate = translate;
        _known = new HashSet<string>(known, StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="keys">The grouping keys in DuckDB's text.</param>
    /// <param name="translate">Of an expression in <paramref name="scope"/>; null when it has none.</param>
    public static void Check(
        QueryBody.Select select,
        IReadOnlyList<OrderItem> orderBy,
        Scope scope,
        IReadOnlyCollection<string> keys,
        Func<Expression, string?> translate)
    {
        CheckScalar(select.Where, "WHERE clause");
        CheckHaving(select.Having);
        CheckGrouping(select, orderBy);
        foreach (var key in select.GroupBy.SelectMany(grouping => grouping.Sets).SelectMany(set => set))
        {
            CheckScalar(key, "GROUP BY clause");
        }

        var values = select.Items.Where(item => item.Value is not null).Select(item => item.Value!).ToList();
        var sorts = orderBy.Select(item => item.Value).ToList();
        var all = values.Concat(sorts).Concat(select.Having is null ? [] : [select.Having]).ToList();
        if (select.GroupBy.Count == 0 && select.Having is null && !all.Any(value => Aggregates.Of(value).Count > 0))
        {
            return;
        }

        CheckStars(select, scope, keys);
        if (Keys(select) is not { } expressions)
        {
            return;
        }

        var aliases = select.Items.Select(item => item.Alias?.Text).OfType<string>();
        var grouped = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var value in values.Concat(select.Having is null ? [] : [select.Having]))
        {
            Require(value, new GroupingCheck(scope, grouped, expressions, translate, []));
        }

        foreach (var value in sorts.Where(value => value is not Expression.Literal))
        {
            Require(value, new GroupingCheck(scope, grouped, expressions, translate, aliases));
        }
    }

    /// <summary>The grouping keys; null when a position counts columns of a star, which DuckDB checks.</summary>
    private static List<Expression>? Keys(QueryBody.Select select)
    {
        var keys = new List<Expression>();
        foreach (var key in select.GroupBy.SelectMany(grouping => grouping.Sets).SelectMany(set => set))
        {
            if (key is not Expression.Literal { Text: { } text })
            {
                keys.Add(key);
            }
            else if (select.Items.Any(item => item.Value is null || item.IsRowStar)
                || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return null;
            }
            else
            {
                keys.Add(select.Items[position - 1].Value!);
            }
        }

        return keys;
    }

    public override Query Rewrite(Query query) => query;

    public override Expression Rewrite(Expression expression)
    {
        switch (expression)
        {
            case Expression.Reference name:
                _isGrouped &= IsGrouped(name);
                return expression;
            case Expression.Call { Name: "grouping" } call:
                CheckArguments(call);
                return expression;
            case Expression.Call call when Aggregates.IsAggregate(call):
                CheckNested(call);
                return expression;
            case Expression.Lambda lambda:
                var added = lambda.Parameters.Select(parameter => parameter.Text).Where(_known.Add).ToList();
                base.Rewrite(expression);
                _known.ExceptWith(added);
                return expression;
            default:
                return IsKey(expression) ? expression : base.Rewrite(expression);
        }
    }

    private static void Require(Expression value, GroupingCheck check)
    {
        check.Rewrite(value);
        if (!check._isGrouped)
        {
            var text = SqlPrinter.Print(value);
            throw SqlErrors.Invalid(
                "EXPRESSION_NOT_AGGREGATE",
                value.Position,
                $"'{(value is Expression.Binary ? $"({text})" : text)}' must be an aggregate expression or appear in "
                    + "GROUP BY clause");
        }
    }

    /// <summary>What is evaluated row by row has no aggregates and no window functions.</summary>
    public static void CheckScalar(Expression? value, string clause)
    {
        if (value is null)
        {
            return;
        }

        var aggregates = Aggregates.Of(value);
        var windows = Aggregates.Windows(value);
        if (aggregates.Count + windows.Count > 0)
        {
            throw SqlErrors.Invalid(
                "EXPRESSION_NOT_SCALAR",
                value.Position,
                $"{clause} cannot contain aggregations, window functions or grouping operations: "
                    + $"[{string.Join(", ", aggregates.Concat(windows).Select(SqlPrinter.Print))}]",
                aggregates.Count == 0 ? "compute it in a subquery first"
                    : clause[0] == 'W' ? "a condition on an aggregate goes into HAVING"
                    : null);
        }
    }

    private static void CheckHaving(Expression? having)
    {
        if (having is not null && Aggregates.Windows(having) is [var window, ..])
        {
            throw SqlErrors.Invalid(
                "NESTED_WINDOW",
                window.Position,
                "HAVING clause cannot contain window functions or row pattern measures",
                "compute it in a subquery first");
        }
    }

    private static void CheckGrouping(QueryBody.Select select, IReadOnlyList<OrderItem> orderBy)
    {
        var values = select.Items.Select(item => item.Value).Append(select.Having)
            .Concat(orderBy.Select(item => item.Value)).OfType<Expression>();
        if (select.GroupBy.Count == 0
            && values.SelectMany(Aggregates.Of).Any(call => call is Expression.Call { Name: "grouping" }))
        {
            throw SqlErrors.Invalid(
                "MISSING_GROUP_BY",
                select.Position,
                "A GROUPING() operation can only be used with a corresponding GROUPING SET/CUBE/ROLLUP/GROUP BY "
                    + "clause");
        }
    }

    private void CheckArguments(Expression.Call grouping)
    {
        var stranger = grouping.Arguments.FirstOrDefault(argument =>
            !(argument is Expression.Reference name ? IsGrouped(name) : IsKey(argument)));
        if (stranger is not null)
        {
            throw SqlErrors.Invalid(
                "INVALID_ARGUMENTS",
                grouping.Position,
                "The arguments to GROUPING() must be expressions referenced by the GROUP BY at the associated query "
                    + $"level. Mismatch due to {SqlPrinter.Print(stranger)}.");
        }
    }

    /// <summary>The columns of a star are keys, too.</summary>
    private static void CheckStars(QueryBody.Select select, Scope scope, IReadOnlyCollection<string> keys)
    {
        foreach (var star in select.Items.Where(item => item.Value is null))
        {
            if (SelectTranslator.Expand(star, scope).Find(column => !keys.Contains(column.Sql)) is { } stranger)
            {
                var owner = scope.From.Sources.FirstOrDefault(source => source.Columns.Contains(stranger))?.Name;
                throw SqlErrors.Invalid(
                    "EXPRESSION_NOT_AGGREGATE",
                    star.Position,
                    $"Column '{(owner is null ? "" : owner + ".")}{stranger.Name}' not in GROUP BY clause");
            }
        }
    }

    private static void CheckNested(Expression.Call call)
    {
        var parts = call.Arguments.Concat(call.OrderBy.Select(item => item.Value))
            .Concat(call.Filter is null ? [] : [call.Filter])
            .ToList();
        var inner = parts.SelectMany(Aggregates.Of).ToList();
        if (inner.Count > 0)
        {
            throw SqlErrors.Invalid(
                "NESTED_AGGREGATION",
                call.Position,
                $"Cannot nest aggregations inside aggregation '{call.Name}': "
                    + $"[{string.Join(", ", inner.Select(SqlPrinter.Print))}]",
                "aggregate in a subquery first");
        }

        var windows = parts.SelectMany(Aggregates.Windows).ToList();
        if (windows.Count > 0)
        {
            throw SqlErrors.Invalid(
                "NESTED_WINDOW",
                call.Position,
                "Cannot nest window functions or row pattern measures inside aggregation "
                    + $"'{call.Name}': [{string.Join(", ", windows.Select(SqlPrinter.Print))}]",
                "compute it in a subquery first");
        }
    }

    /// <summary>Equal as written, or once names are resolved (<c>t.a + 1</c> and <c>a + 1</c>).</summary>
    private bool IsKey(Expression expression) => _texts.Contains(SqlPrinter.Print(expression))
        || (_expressions.Any(key => key.GetType() == expression.GetType())
            && _translate(expression) is { } text && _keys.Contains(text));

    /// <summary>A key, a name of the query around this one, or a parameter of a lambda.</summary>
    private bool IsGrouped(Expression.Reference name)
    {
        if (_known.Contains(name.Parts[0].Text) || _texts.Contains(SqlPrinter.Print(name)))
        {
            return true;
        }

        try
        {
            var column = _scope.Resolve(name).Column;
            var isLocal = _scope.From.Star.Any(known => known.Sql == column.Sql)
                || _scope.From.Sources.SelectMany(source => source.Columns).Any(known => known.Sql == column.Sql);
            return !isLocal || _keys.Contains(column.Sql);
        }
        catch (TarnException)
        {
            // Names that are not there have had their error; what is left is a sort key's own.
            return true;
        }
    }
}
