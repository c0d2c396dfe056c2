using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>What stands behind OVER; windows of the WINDOW clause are written out where they are used.</summary>
internal sealed class WindowTranslator(ExpressionTranslator expressions)
{
    public string Translate(Window window, Scope scope)
    {
        var whole = Resolve(window, scope.Windows);
        return string.Join(' ', Parts(whole, scope));
    }

    public string OrderBy(IReadOnlyList<OrderItem> items, Scope scope) => string.Join(
        ", ", items.Select(item => QueryTranslator.Direction(item, expressions.Translate(item.Value, scope).Sql)));

    /// <summary>A window may build on those before it in the WINDOW clause.</summary>
    public static Window Resolve(Window window, IReadOnlyList<NamedWindow> known)
    {
        if (window.Base is not { } name)
        {
            return window;
        }

        var at = known.Count - 1;
        while (at >= 0 && !known[at].Name.Text.Equals(name.Text, StringComparison.OrdinalIgnoreCase))
        {
            at--;
        }

        if (at < 0)
        {
            throw SqlErrors.Invalid(
                "INVALID_WINDOW_REFERENCE", name.Position, $"Cannot resolve WINDOW name {name.Text}");
        }

        var found = Resolve(known[at].Window, [.. known.Take(at)]);
        if (window.IsName)
        {
            return found;
        }

        var problem = window.PartitionBy.Count > 0
            ? "WINDOW specification with named WINDOW reference cannot specify PARTITION BY"
            : window.OrderBy.Count > 0 && found.OrderBy.Count > 0
                ? "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY"
                : found.Frame is not null
                    ? "Cannot reference named WINDOW containing frame specification"
                    : null;
        return problem is not null
            ? throw SqlErrors.Syntax(window.Position, problem)
            : found with
            {
                OrderBy = window.OrderBy.Count > 0 ? window.OrderBy : found.OrderBy, Frame = window.Frame,
            };
    }

    private IEnumerable<string> Parts(Window window, Scope scope)
    {
        if (window.PartitionBy.Count > 0)
        {
            var keys = window.PartitionBy.Select(key => MapOrder.Sort(expressions.Translate(key, scope)));
            yield return $"PARTITION BY {string.Join(", ", keys)}";
        }

        if (window.OrderBy.Count > 0)
        {
            yield return $"ORDER BY {OrderBy(window.OrderBy, scope)}";
        }

        if (window.Frame is { } frame)
        {
            CheckKeys(window, frame);
            yield return frame.End is null
                ? $"{frame.Unit} {Bound(window, frame, frame.Start, scope)}"
                : $"{frame.Unit} BETWEEN {Bound(window, frame, frame.Start, scope)} "
                    + $"AND {Bound(window, frame, frame.End, scope)}";
        }
    }

    private static void CheckKeys(Window window, WindowFrame frame)
    {
        if (frame.Unit == "GROUPS" && window.OrderBy.Count == 0)
        {
            throw SqlErrors.Invalid(
                "MISSING_ORDER_BY", window.Position, "Window frame of type GROUPS requires ORDER BY");
        }

        var hasOffset = frame.Start.Offset is not null || frame.End?.Offset is not null;
        if (frame.Unit != "RANGE" || !hasOffset || window.OrderBy.Count == 1)
        {
            return;
        }

        throw window.OrderBy.Count == 0
            ? SqlErrors.Invalid(
                "MISSING_ORDER_BY",
                window.Position,
                "Window frame of type RANGE PRECEDING or FOLLOWING requires ORDER BY")
            : SqlErrors.Invalid(
                "INVALID_ORDER_BY",
                window.OrderBy[1].Value.Position,
                "Window frame of type RANGE PRECEDING or FOLLOWING requires single sort item in ORDER BY "
                    + $"(actual: {window.OrderBy.Count})");
    }

    private void CheckRange(Window window, FrameBound bound, SqlType offset, Scope scope)
    {
        var key = expressions.Translate(window.OrderBy[0].Value, scope).Type;
        var isInterval = offset.Kind is TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth;
        var isMoment = key.Kind is TypeKind.Date or TypeKind.Time or TypeKind.TimeWithTimeZone
            or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;
        if (!key.IsNumeric && !isMoment && key.Kind is not (
            TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth))
        {
            throw SqlErrors.TypeMismatch(
                window.OrderBy[0].Value.Position,
                "Window frame of type RANGE PRECEDING or FOLLOWING requires that sort item type be numeric, datetime "
                    + $"or interval (actual: {key})");
        }

        if (key.IsNumeric ? !offset.IsNumeric : !isInterval)
        {
            throw SqlErrors.TypeMismatch(
                bound.Position,
                $"Window frame RANGE value type ({offset}) not compatible with sort item type ({key})");
        }
    }

    private string Bound(Window window, WindowFrame frame, FrameBound bound, Scope scope)
    {
        if (bound.Direction == "CURRENT ROW")
        {
            return bound.Direction;
        }

        if (bound.Offset is null)
        {
            return $"UNBOUNDED {bound.Direction}";
        }

        var offset = expressions.Translate(bound.Offset, scope);
        if (frame.Unit != "RANGE" && !offset.Type.IsInteger)
        {
            throw SqlErrors.TypeMismatch(
                bound.Position,
                $"Window frame {frame.Unit} value type must be exact numeric type with scale 0 (actual {offset.Type})");
        }

        if (bound.Offset is Expression.Literal { Text: ['-', ..] } or Expression.Literal { Text: null }
            or Expression.Interval { Count: < 0 })
        {
            throw SqlErrors.Invalid(
                "INVALID_WINDOW_FRAME", bound.Position, "Window frame offset value must not be negative or null");
        }

        if (frame.Unit == "RANGE")
        {
            CheckRange(window, bound, offset.Type, scope);
        }

        var text = frame.Unit == "RANGE" ? offset.Sql : DuckText.Coerce(offset, SqlType.BigInt);
        return $"{text} {bound.Direction}";
    }
}
