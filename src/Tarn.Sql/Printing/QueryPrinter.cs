using System.Text;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>Queries and what stands in FROM.</summary>
internal static class QueryPrinter
{
    public static string Print(Query query)
    {
        var text = new StringBuilder();
        if (query.With.Count > 0)
        {
            var tables = query.With.Select(
                common => $"{NameText.Name(common.Name)}{Columns(common.Columns)} AS ({Print(common.Query)})");
            text.Append($"WITH {(query.IsRecursive ? "RECURSIVE " : "")}{string.Join(", ", tables)} ");
        }

        text.Append(Print(query.Body));
        text.Append(query.OrderBy.Count == 0 ? "" : $" ORDER BY {ExpressionPrinter.OrderBy(query.OrderBy)}");
        text.Append(query.Offset is null ? "" : $" OFFSET {ExpressionPrinter.Print(query.Offset)}");
        text.Append(query.Limit is null ? ""
            : query.WithTies ? $" FETCH FIRST {ExpressionPrinter.Print(query.Limit)} ROWS WITH TIES"
            : $" LIMIT {ExpressionPrinter.Print(query.Limit)}");
        return text.ToString();
    }

    private static string Print(QueryBody body) => body switch
    {
        QueryBody.Select select => Print(select),
        QueryBody.Values values => $"VALUES {string.Join(", ", values.Rows.Select(row => Set(row)))}",
        QueryBody.SetOperation operation =>
            $"{Print(operation.Left)} {operation.Operator}{(operation.IsAll ? " ALL" : "")} {Print(operation.Right)}",
        QueryBody.Nested nested => $"({Print(nested.Query)})",
        _ => throw new InvalidOperationException($"no text of {body.GetType().Name}"),
    };

    private static string Print(QueryBody.Select select)
    {
        var text = new StringBuilder("SELECT ");
        text.Append(select.IsDistinct ? "DISTINCT " : "");
        text.AppendJoin(", ", select.Items.Select(Print));
        text.Append(select.From.Count == 0 ? "" : $" FROM {string.Join(", ", select.From.Select(Print))}");
        text.Append(select.Where is null ? "" : $" WHERE {ExpressionPrinter.Print(select.Where)}");
        if (select.GroupBy.Count > 0)
        {
            text.Append(select.IsGroupByDistinct ? " GROUP BY DISTINCT " : " GROUP BY ");
            text.AppendJoin(", ", select.GroupBy.Select(Print));
        }

        text.Append(select.Having is null ? "" : $" HAVING {ExpressionPrinter.Print(select.Having)}");
        if (select.Windows.Count > 0)
        {
            var windows = select.Windows.Select(
                named => $"{NameText.Name(named.Name)} AS {CallPrinter.Print(named.Window)}");
            text.Append($" WINDOW {string.Join(", ", windows)}");
        }

        return text.ToString();
    }

    private static string Print(SelectItem item)
    {
        if (item.Value is null || item.IsRowStar)
        {
            var owner = item.Value is { } row ? $"({ExpressionPrinter.Print(row)})."
                : string.Concat(item.Qualifier.Select(part => $"{NameText.Name(part)}."));
            return $"{owner}*{(item.StarNames.Count == 0 ? "" : $" AS ({NameText.Names(item.StarNames)})")}";
        }

        return ExpressionPrinter.Print(item.Value) + (item.Alias is null ? "" : $" AS {NameText.Name(item.Alias)}");
    }

    private static string Print(Grouping grouping) => grouping.Kind switch
    {
        "" => ExpressionPrinter.Print(grouping.Sets[0][0]),
        _ => $"{grouping.Kind} ({string.Join(", ", grouping.Sets.Select(Set))})",
    };

    private static string Set(IReadOnlyList<Expression> set) =>
        set.Count == 1 ? ExpressionPrinter.Print(set[0]) : $"({ExpressionPrinter.List(set)})";

    private static string Print(Relation relation) => relation switch
    {
        Relation.Table table => string.Join('.', table.Parts.Select(NameText.Name)),
        Relation.Derived derived => $"({Print(derived.Query)})",
        Relation.Lateral lateral => $"LATERAL ({Print(lateral.Query)})",
        Relation.Unnest unnest => $"UNNEST({ExpressionPrinter.List(unnest.Values)})"
            + (unnest.WithOrdinality ? " WITH ORDINALITY" : ""),
        Relation.Aliased aliased =>
            $"{Whole(aliased.Inner)} AS {NameText.Name(aliased.Alias)}{Columns(aliased.Columns)}",
        Relation.Sample sample => (sample.Inner is Relation.Join or Relation.Sample ? $"({Print(sample.Inner)})"
            : Print(sample.Inner)) + $" TABLESAMPLE {sample.Method} ({ExpressionPrinter.Print(sample.Percentage)})",
        Relation.Join join => Print(join),
        _ => throw new InvalidOperationException($"no text of {relation.GetType().Name}"),
    };

    private static string Print(Relation.Join join)
    {
        var right = join.Right is Relation.Join ? $"({Print(join.Right)})" : Print(join.Right);
        var condition = join.On is not null ? $" ON {ExpressionPrinter.Print(join.On)}"
            : join.Using.Count > 0 ? $" USING ({NameText.Names(join.Using)})"
            : "";
        return $"{Print(join.Left)} {join.Kind} JOIN {right}{condition}";
    }

    /// <summary>Something that an alias can follow.</summary>
    private static string Whole(Relation relation) =>
        relation is Relation.Join or Relation.Aliased or Relation.Sample ? $"({Print(relation)})" : Print(relation);

    private static string Columns(IReadOnlyList<Identifier> columns) =>
        columns.Count == 0 ? "" : $" ({NameText.Names(columns)})";
}
