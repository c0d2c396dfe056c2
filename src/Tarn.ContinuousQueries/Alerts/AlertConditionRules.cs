using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>What may stand in a condition: columns of the view, and functions that always give the same.</summary>
internal sealed class AlertConditionRules(
    FunctionTable functions, AlertSpec alert, IReadOnlyList<ViewColumn> columns)
{
    public void Check(JsonNode condition)
    {
        foreach (var (node, lambda) in ExpressionTree.Walk(condition))
        {
            switch (ExpressionTree.Class(node))
            {
                case "COLUMN_REF":
                    CheckColumn([.. node["column_names"]!.AsArray().Select(name => name!.GetValue<string>())], lambda);
                    break;
                case "FUNCTION":
                    CheckFunction(QueryTree.Text(node, "function_name"));
                    break;
                case "CONSTANT" or "COMPARISON" or "CONJUNCTION" or "OPERATOR" or "CAST" or "CASE":
                case "BETWEEN" or "LAMBDA" or "COLLATE":
                    break;
                case "WINDOW" or "SUBQUERY":
                    throw Refused(
                        $"a {ExpressionTree.Class(node).ToLowerInvariant()} in the condition of alert '{alert.Name}' "
                            + "is not supported: it looks at one row of the view", "compute it in the view");
                case "PARAMETER":
                    throw Refused($"parameters in the condition of alert '{alert.Name}' are not supported",
                        "write the value");
                case var other:
                    throw Refused(
                        $"{other.ToLowerInvariant()} in the condition of alert '{alert.Name}' is not supported", null);
            }
        }
    }

    private void CheckColumn(IReadOnlyList<string> names, IReadOnlyList<string> lambda)
    {
        if (lambda.Contains(names[0], StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var isQualified = names.Count == 2 && names[0].Equals(alert.View, StringComparison.OrdinalIgnoreCase);
        var name = isQualified ? names[1] : string.Join('.', names);
        if (columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        throw ExpressionRules.IsClock(name) ? Volatile(name) : new TarnException(
            ErrorKind.NotFound, $"materialized view '{alert.View}' has no column '{name}'",
            hint: Suggestion.Hint(name, columns.Select(column => column.Name))
                ?? $"columns are {string.Join(", ", columns.Select(column => column.Name))}")
        {
            Code = "COLUMN_NOT_FOUND",
        };
    }

    private void CheckFunction(string name)
    {
        if (functions.IsAggregate(name) || name is "unnest" or "unlist")
        {
            throw Refused(
                $"{name}() in the condition of alert '{alert.Name}' is not supported: it looks at one row of the view",
                "compute it in the view");
        }

        if (functions.IsVolatile(name))
        {
            throw Volatile(name + "()");
        }

        if (functions.IsOpaqueMacro(name))
        {
            throw Refused($"{name}() in the condition of alert '{alert.Name}' is not supported", null);
        }
    }

    private TarnException Volatile(string name) => Refused(
        $"{name} in the condition of alert '{alert.Name}' is not supported: it changes without the view",
        "say with FOR how long a condition has to hold");

    private static TarnException Refused(string message, string? hint) => QueryTree.Refused(message, hint);
}
