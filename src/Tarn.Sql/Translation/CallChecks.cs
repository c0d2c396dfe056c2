using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>What Trino's analyzer says of calls over windows and of arguments that are literals.</summary>
internal static class CallChecks
{
    /// <param name="window">With what it takes from the WINDOW clause.</param>
    public static void CheckWindow(Expression.Call call, Window window)
    {
        if (call.Arguments.SelectMany(Aggregates.Windows).FirstOrDefault() is { } argument)
        {
            throw Nested(argument, "window function arguments");
        }

        var parts = window.PartitionBy.Concat(window.OrderBy.Select(item => item.Value))
            .Concat(new[] { window.Frame?.Start.Offset, window.Frame?.End?.Offset }.OfType<Expression>());
        if (parts.SelectMany(Aggregates.Windows).FirstOrDefault() is { } part)
        {
            throw Nested(part, "window specification");
        }

        if (call.Name is not ("lag" or "lead"))
        {
            return;
        }

        if (window.OrderBy.Count == 0)
        {
            throw SqlErrors.Invalid(
                "MISSING_ORDER_BY", window.Position, $"{call.Name} function requires an ORDER BY window clause");
        }

        if (window.Frame is { } frame)
        {
            throw SqlErrors.Invalid(
                "INVALID_WINDOW_FRAME", frame.Position, $"Cannot specify window frame for {call.Name} function");
        }
    }

    /// <summary>Names of the WINDOW clause stand once.</summary>
    public static void CheckNames(IReadOnlyList<NamedWindow> windows)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (windows.FirstOrDefault(named => !known.Add(named.Name.Text)) is { } twice)
        {
            throw SqlErrors.Invalid(
                "DUPLICATE_WINDOW_NAME",
                twice.Name.Position,
                $"WINDOW name '{twice.Name.Text}' specified more than once");
        }
    }

    /// <summary>Arguments that fail whatever the rows hold.</summary>
    public static void CheckLiterals(Expression.Call call)
    {
        var problem = call.Name switch
        {
            "ntile" when Number(call, 0) < 1 => "Buckets must be greater than 0",
            "nth_value" when Number(call, 1) < 1 => "Offset must be at least 1",
            "approx_percentile" when Number(call, call.Arguments.Count - 1) is < 0 or > 1 =>
                "Percentile must be between 0 and 1",
            _ => null,
        };
        if (problem is not null)
        {
            throw SqlErrors.Invalid("INVALID_FUNCTION_ARGUMENT", call.Position, problem);
        }
    }

    private static double? Number(Expression.Call call, int index)
    {
        var (value, sign) = call.Arguments.ElementAtOrDefault(index) switch
        {
            Expression.Unary { Operator: "-", Value: var inner } => (inner, -1),
            var plain => (plain, 1),
        };
        return value is Expression.Literal { Type.IsNumeric: true, Text: { } text }
            && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? sign * number
            : null;
    }

    private static Primitives.Errors.TarnException Nested(Expression window, string where) => SqlErrors.Invalid(
        "NESTED_WINDOW",
        window.Position,
        $"Cannot nest window functions or row pattern measures inside {where}",
        "compute it in a subquery first");
}
