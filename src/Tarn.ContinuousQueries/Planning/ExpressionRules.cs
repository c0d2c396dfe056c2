using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Refuses expressions that a view would not get right: those that change with time, or need other
/// rows.</summary>
internal sealed class ExpressionRules(FunctionTable functions, IReadOnlyList<SourceColumn> columns)
{
    /// <summary>Throws Unsupported for the first expression that may not stand in a view.</summary>
    public void Check(JsonNode? root)
    {
        foreach (var (node, lambda) in ExpressionTree.Walk(root))
        {
            switch (ExpressionTree.Class(node))
            {
                case "COLUMN_REF":
                    CheckColumn(node, lambda);
                    break;
                case "FUNCTION":
                    CheckFunction(SelectTree.Text(node, "function_name"));
                    break;
                case "CONSTANT" or "COMPARISON" or "CONJUNCTION" or "OPERATOR" or "CAST" or "CASE":
                case "BETWEEN" or "LAMBDA":
                    break;
                default:
                    throw Refuse(node);
            }
        }
    }

    private static TarnException Refuse(JsonObject node) => ExpressionTree.Class(node) switch
    {
        "SUBQUERY" => SelectTree.Refused("a subquery is not supported in a view", "write one SELECT over the source"),
        "WINDOW" => SelectTree.Refused(
            $"window function {SelectTree.Text(node, "function_name")}() OVER is not supported in a view",
            "use GROUP BY, and window functions when you read the view"),
        "STAR" => SelectTree.Refused("* is not supported in a view", "name the columns"),
        "PARAMETER" => SelectTree.Refused("parameters are not supported in a view", "write the value"),
        var other => SelectTree.Refused($"{other.ToLowerInvariant()} is not supported in a view", null),
    };

    private void CheckColumn(JsonObject node, IReadOnlyList<string> lambda)
    {
        var name = node["column_names"]![0]!.GetValue<string>();
        if (!columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            && !lambda.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Volatile(name);
        }
    }

    private void CheckFunction(string name)
    {
        if (functions.IsVolatile(name))
        {
            throw Volatile(name + "()");
        }

        if (name is "unnest" or "unlist")
        {
            throw SelectTree.Refused("unnest() is not supported in a view", null);
        }

        if (functions.IsOpaqueMacro(name))
        {
            throw SelectTree.Refused($"{name}() is not supported in a view", null);
        }
    }

    private static TarnException Volatile(string name) => SelectTree.Refused(
        $"{name} is not supported in a view: it gives another result when records are counted again",
        "use a column of the records, or filter when you read the view");
}
