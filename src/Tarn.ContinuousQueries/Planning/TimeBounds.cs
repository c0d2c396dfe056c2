using System.Text.Json.Nodes;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Reads from a join's condition how far apart the event times of two rows that belong together can be.
/// <code>
/// b.ts BETWEEN a.ts AND a.ts + INTERVAL '5 minutes'     the right time less the left is 0 to 5 minutes
/// a.id = b.id AND b.ts - a.ts &lt; INTERVAL '1 hour' AND b.ts &gt;= a.ts - INTERVAL '1 minute'
/// </code>
/// </summary>
/// <param name="left">Whether a column is the left side's event time.</param>
/// <param name="right">Whether a column is the right side's event time.</param>
internal sealed class TimeBounds(PlanSession session, Func<JsonNode, bool> left, Func<JsonNode, bool> right)
{
    private long? _least;
    private long? _most;

    /// <summary>Null when the condition leaves one end open.</summary>
    public async Task<(long Least, long Most)?> FindAsync(JsonNode condition)
    {
        await ReadAsync(condition).ConfigureAwait(false);
        return _least is { } least && _most is { } most ? (least, most) : null;
    }

    private async Task ReadAsync(JsonNode condition)
    {
        switch (QueryTree.Text(condition, "type"))
        {
            case "CONJUNCTION_AND":
                foreach (var child in condition["children"]!.AsArray())
                {
                    await ReadAsync(child!).ConfigureAwait(false);
                }

                break;
            case "COMPARE_BETWEEN":
                await CompareAsync(condition["input"]!, condition["lower"]!, isLess: false).ConfigureAwait(false);
                await CompareAsync(condition["input"]!, condition["upper"]!, isLess: true).ConfigureAwait(false);
                break;
            case "COMPARE_LESSTHAN" or "COMPARE_LESSTHANOREQUALTO":
                await CompareAsync(condition["left"]!, condition["right"]!, isLess: true).ConfigureAwait(false);
                break;
            case "COMPARE_GREATERTHAN" or "COMPARE_GREATERTHANOREQUALTO":
                await CompareAsync(condition["left"]!, condition["right"]!, isLess: false).ConfigureAwait(false);
                break;
            case "COMPARE_EQUAL":
                await CompareAsync(condition["left"]!, condition["right"]!, isLess: true).ConfigureAwait(false);
                await CompareAsync(condition["left"]!, condition["right"]!, isLess: false).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    /// <summary>One is not greater than the other, or not less; that they may be equal is true of both signs.</summary>
    private async Task CompareAsync(JsonNode first, JsonNode second, bool isLess)
    {
        if (await SumAsync(first).ConfigureAwait(false) is not { } a
            || await SumAsync(second).ConfigureAwait(false) is not { } b)
        {
            return;
        }

        var sum = new Sum(a.Left - b.Left, a.Right - b.Right, a.Span - b.Span);
        switch (sum.Left, sum.Right, isLess)
        {
            case (-1, 1, true):
                Lower(-sum.Span);
                break;
            case (-1, 1, false):
                Raise(-sum.Span);
                break;
            case (1, -1, true):
                Raise(sum.Span);
                break;
            case (1, -1, false):
                Lower(sum.Span);
                break;
            default:
                break;
        }
    }

    private void Lower(long most) => _most = Math.Min(_most ?? most, most);

    private void Raise(long least) => _least = Math.Max(_least ?? least, least);

    /// <summary>An expression as times of both sides and a span added up; null: it is something else.</summary>
    private async Task<Sum?> SumAsync(JsonNode expression)
    {
        if (ExpressionTree.Class(expression) == "COLUMN_REF")
        {
            return left(expression) ? new Sum(1, 0, 0) : right(expression) ? new Sum(0, 1, 0) : null;
        }

        if (ExpressionTree.Class(expression) == "FUNCTION"
            && QueryTree.Text(expression, "function_name") is "+" or "-"
            && expression["children"]!.AsArray() is [var first, var second]
            && await SumAsync(first!).ConfigureAwait(false) is { } a
            && await SumAsync(second!).ConfigureAwait(false) is { } b)
        {
            var sign = QueryTree.Text(expression, "function_name") == "+" ? 1 : -1;
            return new Sum(a.Left + (sign * b.Left), a.Right + (sign * b.Right), a.Span + (sign * b.Span));
        }

        var hasColumns = ExpressionTree.Walk(expression).Any(found => ExpressionTree.Class(found.Node) == "COLUMN_REF");
        return !hasColumns && await session.SpanAsync(expression).ConfigureAwait(false) is { } span
            ? new Sum(0, 0, span) : null;
    }

    private readonly record struct Sum(int Left, int Right, long Span);
}
