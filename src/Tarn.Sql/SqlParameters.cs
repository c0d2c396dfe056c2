using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql;

/// <summary>Values for the <c>?</c> of a statement: those of EXECUTE ... USING and of ExecutionParameters.</summary>
public static class SqlParameters
{
    /// <summary>How many <c>?</c> a statement has.</summary>
    public static int Count(Statement statement)
    {
        var counter = new Counter();
        Rewrite(statement, counter);
        return counter.Found;
    }

    /// <summary>
    /// The statement with a value in place of each <c>?</c>. Throws when their numbers differ, or when a value is more
    /// than a constant.
    /// </summary>
    public static Statement Bind(Statement statement, IReadOnlyList<Expression> values)
    {
        var count = Count(statement);
        if (count != values.Count)
        {
            throw SqlErrors.Invalid(
                "INVALID_PARAMETER_USAGE",
                statement.Position,
                $"Incorrect number of parameters: expected {count} but found {values.Count}");
        }

        var check = new ConstantCheck();
        foreach (var value in values)
        {
            check.Rewrite(value);
        }

        return count == 0 ? statement : Rewrite(statement, new Binder(values));
    }

    private static Statement Rewrite(Statement statement, TreeRewriter rewriter) => statement switch
    {
        Statement.Select select => select with { Query = rewriter.Rewrite(select.Query) },
        Statement.Explain explain => explain with { Inner = Rewrite(explain.Inner, rewriter) },
        Statement.Insert insert => insert with { Query = rewriter.Rewrite(insert.Query) },
        Statement.Unload unload => unload with
        {
            Query = rewriter.Rewrite(unload.Query), Properties = Rewrite(unload.Properties, rewriter),
        },
        Statement.CreateTableAs create => create with
        {
            Query = rewriter.Rewrite(create.Query), Properties = Rewrite(create.Properties, rewriter),
        },
        _ => statement,
    };

    private static List<Property> Rewrite(IReadOnlyList<Property> properties, TreeRewriter rewriter) =>
        [.. properties.Select(property => property with { Value = rewriter.Rewrite(property.Value) })];

    private sealed class Counter : TreeRewriter
    {
        public int Found { get; private set; }

        public override Expression Rewrite(Expression expression)
        {
            Found += expression is Expression.Parameter ? 1 : 0;
            return base.Rewrite(expression);
        }
    }

    /// <summary>A value takes the place of its <c>?</c>, also in messages.</summary>
    private sealed class Binder(IReadOnlyList<Expression> values) : TreeRewriter
    {
        public override Expression Rewrite(Expression expression) => expression is Expression.Parameter parameter
            ? values[parameter.Index] with { Position = parameter.Position }
            : base.Rewrite(expression);
    }

    private sealed class ConstantCheck : TreeRewriter
    {
        public override Expression Rewrite(Expression expression) => expression switch
        {
            Expression.Reference or Expression.Parameter => throw SqlErrors.Invalid(
                "EXPRESSION_NOT_CONSTANT",
                expression.Position,
                "Constant expression cannot contain column references",
                "text goes in single quotes"),
            Expression.Subquery or Expression.Exists or Expression.InQuery or Expression.Quantified =>
                throw SqlErrors.Invalid(
                    "EXPRESSION_NOT_CONSTANT", expression.Position, "Constant expression cannot contain a subquery"),
            Expression.Lambda => expression,
            _ => base.Rewrite(expression),
        };
    }
}
