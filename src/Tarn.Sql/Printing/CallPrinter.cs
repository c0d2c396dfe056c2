using System.Text;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Printing;

/// <summary>Function calls and windows.</summary>
internal static class CallPrinter
{
    public static string Print(Expression.Call call)
    {
        var text = new StringBuilder();
        if (IsClock(call))
        {
            text.Append(call.Name.ToUpperInvariant());
            text.Append(call.Arguments.Count == 0 ? "" : $"({ExpressionPrinter.List(call.Arguments)})");
        }
        else
        {
            var isSpecial = call.IsWithinGroup || IsNormalize(call);
            text.Append(isSpecial ? call.Name : FunctionName(call)).Append('(');
            text.Append(call.IsDistinct ? "DISTINCT " : "");
            text.Append(Arguments(call));
            text.Append(Overflow(call.Overflow));
            text.Append(call.OrderBy.Count == 0 ? ""
                : call.IsWithinGroup ? $") WITHIN GROUP (ORDER BY {ExpressionPrinter.OrderBy(call.OrderBy)}"
                : $" ORDER BY {ExpressionPrinter.OrderBy(call.OrderBy)}");
            text.Append(')');
        }

        text.Append(call.Filter is null ? "" : $" FILTER (WHERE {ExpressionPrinter.Print(call.Filter)})");
        text.Append(call.IgnoresNulls ? " IGNORE NULLS" : "");
        text.Append(call.Over is null ? "" : $" OVER {Print(call.Over)}");
        return text.ToString();
    }

    public static string Print(Window window)
    {
        if (window is { IsName: true, Base: { } name })
        {
            return NameText.Name(name);
        }

        var parts = new List<string>();
        if (window.Base is not null)
        {
            parts.Add(NameText.Name(window.Base));
        }

        if (window.PartitionBy.Count > 0)
        {
            parts.Add($"PARTITION BY {ExpressionPrinter.List(window.PartitionBy)}");
        }

        if (window.OrderBy.Count > 0)
        {
            parts.Add($"ORDER BY {ExpressionPrinter.OrderBy(window.OrderBy)}");
        }

        if (window.Frame is { } frame)
        {
            parts.Add(frame.End is null
                ? $"{frame.Unit} {Bound(frame.Start)}"
                : $"{frame.Unit} BETWEEN {Bound(frame.Start)} AND {Bound(frame.End)}");
        }

        return $"({string.Join(' ', parts)})";
    }

    /// <summary>TRIM of the grammar takes none of an aggregate's clauses.</summary>
    private static string FunctionName(Expression.Call call) =>
        call.Name == "trim" && (call.IsDistinct || call.OrderBy.Count > 0 || call.Filter is not null
            || call.Over is not null || call.IgnoresNulls || call.Arguments.Count == 0)
            ? "\"trim\""
            : NameText.Function(call.Name);

    private static string Bound(FrameBound bound) => bound.Direction == "CURRENT ROW" ? bound.Direction
        : bound.Offset is null ? $"UNBOUNDED {bound.Direction}"
        : $"{ExpressionPrinter.Operand(bound.Offset)} {bound.Direction}";

    private static bool IsClock(Expression.Call call) => call.Name
        is "current_date" or "current_user" or "current_catalog" or "current_schema" or "current_path"
        or "current_timestamp" or "current_time" or "localtimestamp" or "localtime";

    private static bool IsNormalize(Expression.Call call) => call is
    {
        Name: "normalize",
        Arguments: [_] or
        [_, Expression.Literal { Text: "NFC" or "NFD" or "NFKC" or "NFKD", Type.Kind: TypeKind.Varchar }],
    };

    private static string Arguments(Expression.Call call)
    {
        if (IsNormalize(call) && call.Arguments.Count == 2)
        {
            return $"{ExpressionPrinter.Argument(call.Arguments[0])}, {((Expression.Literal)call.Arguments[1]).Text}";
        }

        return call is { Name: "count", Arguments.Count: 0 }
            ? "*"
            : string.Join(", ", call.Arguments.Select(ExpressionPrinter.Argument));
    }

    private static string Overflow(ListOverflow? overflow) => overflow switch
    {
        null => "",
        { IsError: true } => " ON OVERFLOW ERROR",
        _ => " ON OVERFLOW TRUNCATE "
            + (overflow.Filler is null ? "" : $"{ExpressionPrinter.Print(overflow.Filler)} ")
            + (overflow.WithCount ? "WITH COUNT" : "WITHOUT COUNT"),
    };
}
