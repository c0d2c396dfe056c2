using Tarn.Sql.Functions;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>The calls over several rows in an expression, but for those of its subqueries.</summary>
internal sealed class Aggregates : TreeRewriter
{
    private readonly List<Expression> _found = [];
    private readonly Func<Expression.Call, bool> _isWanted;

    private Aggregates(Func<Expression.Call, bool> isWanted) => _isWanted = isWanted;

    /// <summary>Aggregates and <c>grouping</c>, the outermost ones.</summary>
    public static IReadOnlyList<Expression> Of(Expression expression) => Find(expression, IsAggregate);

    /// <summary>Calls with OVER, the outermost ones.</summary>
    public static IReadOnlyList<Expression> Windows(Expression expression) =>
        Find(expression, call => call.Over is not null);

    public static bool IsIn(Expression expression) =>
        Find(expression, call => call.Over is not null || IsAggregate(call)).Count > 0;

    public static bool IsAggregate(Expression.Call call) => call.Over is null
        && (call.Name is "grouping" or "listagg" || AggregateSpecials.Table.ContainsKey(call.Name)
            || FunctionTable.Find(call.Name).Any(row => row.Kind == FunctionKind.Aggregate));

    public override Query Rewrite(Query query) => query;

    public override Expression Rewrite(Expression expression)
    {
        if (expression is Expression.Call call && _isWanted(call))
        {
            _found.Add(call);
            return expression;
        }

        return base.Rewrite(expression);
    }

    private static List<Expression> Find(Expression expression, Func<Expression.Call, bool> isWanted)
    {
        var aggregates = new Aggregates(isWanted);
        aggregates.Rewrite(expression);
        return aggregates._found;
    }
}
