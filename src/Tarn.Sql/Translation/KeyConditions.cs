using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// Finds, in WHERE, what only says something of a table's partition keys, however it is written: of OR the parts of
/// both sides, of AND those of either. What <see cref="FilterCollector"/> finds and compares as well is left to it.
/// </summary>
internal static class KeyConditions
{
    private static readonly string[] Comparisons = ["=", "<>", "<", "<=", ">", ">="];

    public static void Collect(
        Expression condition, Scope scope, TranslationState state, ExpressionTranslator expressions)
    {
        if (condition is Expression.Binary { Operator: "AND" } and)
        {
            Collect(and.Left, scope, state, expressions);
            Collect(and.Right, scope, state, expressions);
            return;
        }

        var scans = scope.From.Sources.SelectMany(source => source.Columns)
            .Select(column => column.Origin?.Scan).OfType<TableScan>().Distinct()
            .Where(scan => scan.Table.PartitionKeys.Count > 0);
        foreach (var scan in scans)
        {
            var keys = new KeyRewriter(scan, scope);
            if (!IsPlain(condition, scope) && keys.Weaken(condition) is { } weaker && keys.Used.Count > 0)
            {
                scan.KeyConditions.Add(Translate(weaker, keys.Used, scan, state, expressions));
            }
        }
    }

    private static KeyCondition Translate(
        Expression condition,
        HashSet<string> used,
        TableScan scan,
        TranslationState state,
        ExpressionTranslator expressions)
    {
        var columns = scan.Table.Columns.Where(column => used.Contains(column.Name))
            .Select(column => new OutputColumn(column.Name, DuckText.Name(column.Name), column.Type, []))
            .ToList();
        var alone = new Scope(new FromClause("", [new Source(null, null, columns)], columns), outer: null);
        var sql = state.Collect(() => expressions.TranslateCondition(condition, alone, "WHERE")).Result;
        return new KeyCondition([.. columns.Select(column => column.Name!)], sql);
    }

    /// <summary>A key compared with literals of its own kind.</summary>
    private static bool IsPlain(Expression condition, Scope scope) => condition switch
    {
        Expression.Binary { Left: Expression.Reference name, Right: Expression.Literal value } left =>
            Comparisons.Contains(left.Operator) && AreAlike(name, [value], scope),
        Expression.Binary { Left: Expression.Literal value, Right: Expression.Reference name } right =>
            Comparisons.Contains(right.Operator) && AreAlike(name, [value], scope),
        Expression.Between { Value: Expression.Reference name } between =>
            AreAlike(name, [between.Low, between.High], scope),
        Expression.InList { Value: Expression.Reference name } list => AreAlike(name, list.Items, scope),
        _ => false,
    };

    private static bool AreAlike(Expression.Reference name, IReadOnlyList<Expression> values, Scope scope) =>
        scope.FindLocal(name)?.Type is { } type
        && values.All(value => value is Expression.Literal literal
            && (type.Kind == TypeKind.Varchar ? literal.Type.Kind == TypeKind.Varchar
                : type.IsInteger ? literal.Type.IsInteger
                : type.Kind == TypeKind.Date && literal.Type.Kind == TypeKind.Date));

    /// <summary>Writes keys of one table by their own names, and says whether anything else is there.</summary>
    private sealed class KeyRewriter(TableScan scan, Scope scope) : TreeRewriter
    {
        /// <summary>Another time, another value: what holds for a partition now may not hold for its rows.</summary>
        private static readonly string[] Volatile = ["rand", "random", "uuid", "shuffle"];

        private readonly HashSet<string> _used = new(StringComparer.Ordinal);
        private bool _isOther;

        public HashSet<string> Used => _used;

        /// <summary>A condition that holds wherever the whole does; null: there is none.</summary>
        public Expression? Weaken(Expression condition)
        {
            if (condition is Expression.Binary { Operator: "AND" or "OR" } both)
            {
                var (left, right) = (Weaken(both.Left), Weaken(both.Right));
                return left is not null && right is not null ? both with { Left = left, Right = right }
                    : both.Operator == "AND" ? left ?? right
                    : null;
            }

            _isOther = false;
            var rewritten = Rewrite(condition);
            return _isOther ? null : rewritten;
        }

        public override Expression Rewrite(Expression expression)
        {
            switch (expression)
            {
                case Expression.Reference name:
                    if (scope.FindLocal(name)?.Origin is { } origin && origin.Scan == scan
                        && scan.Table.PartitionKeys.Contains(origin.Column))
                    {
                        _used.Add(origin.Column);
                        return name with { Parts = [new Identifier(name.Position, origin.Column)] };
                    }

                    break;
                case Expression.Call call when call.Over is null && !Volatile.Contains(call.Name):
                    return base.Rewrite(call);
                case Expression.Call or Expression.Parameter or Expression.Lambda or Expression.InQuery
                    or Expression.Quantified or Expression.Exists or Expression.Subquery:
                    break;
                default:
                    return base.Rewrite(expression);
            }

            _isOther = true;
            return expression;
        }
    }
}
