using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Finds, among the conjuncts of WHERE, comparisons of a table's own column with literals.</summary>
internal static class FilterCollector
{
    public static void Collect(Expression condition, Scope scope)
    {
        switch (condition)
        {
            case Expression.Binary { Operator: "AND" } and:
                Collect(and.Left, scope);
                Collect(and.Right, scope);
                break;
            case Expression.Binary { Left: Expression.Reference name, Right: Expression.Literal value } left:
                Add(name, left.Operator, [value], scope);
                break;
            case Expression.Binary { Left: Expression.Literal value, Right: Expression.Reference name } right:
                Add(name, Flip(right.Operator), [value], scope);
                break;
            case Expression.Between { Value: Expression.Reference name, Low: var low, High: var high }:
                Add(name, ">=", [low], scope);
                Add(name, "<=", [high], scope);
                break;
            case Expression.Like { Value: Expression.Reference name, Pattern: Expression.Literal pattern, Escape: null }
                when pattern is { Text: { } like, Type.Kind: TypeKind.Varchar }:
                var wild = like.IndexOfAny(['%', '_']);
                Add(name, "PREFIX", [pattern with { Text = wild < 0 ? like : like[..wild] }], scope);
                break;
            case Expression.InList { Value: Expression.Reference name } list:
                Add(name, "IN", list.Items, scope);
                break;
        }
    }

    private static string Flip(string symbol) => symbol switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => symbol,
    };

    private static void Add(
        Expression.Reference name, string symbol, IReadOnlyList<Expression> values, Scope scope)
    {
        if (symbol is not ("=" or "<>" or "<" or "<=" or ">" or ">=" or "IN" or "PREFIX"))
        {
            return;
        }

        var literals = values.OfType<Expression.Literal>().ToList();
        if (literals.Count == values.Count && scope.FindLocal(name)?.Origin is { } origin)
        {
            origin.Scan.Filters.Add(new ScanFilter(origin.Column, symbol, literals));
        }
    }
}
