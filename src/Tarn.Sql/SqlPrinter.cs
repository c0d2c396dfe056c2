using Tarn.Sql.Printing;
using Tarn.Sql.Tree;

namespace Tarn.Sql;

/// <summary>A tree as Athena's text, on one line. Parsing that text gives the tree again, but for positions.</summary>
public static class SqlPrinter
{
    public static string Print(Statement statement) => StatementPrinter.Print(statement);

    public static string Print(Query query) => QueryPrinter.Print(query);

    public static string Print(Expression expression) => ExpressionPrinter.Print(expression);
}
