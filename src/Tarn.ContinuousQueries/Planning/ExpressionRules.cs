using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Refuses expressions that a view would not get right: those that change with time, or need other
/// rows.</summary>
internal sealed class ExpressionRules(FunctionTable functions)
{
    /// <summary>What stands without parentheses and is not a column.</summary>
    private static readonly FrozenSet<string> Clocks = new[]
    {
        "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "current_user", "user",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name, where it is no column, is the clock or the user.</summary>
    public static bool IsClock(string name) => Clocks.Contains(name);

    public static bool HoldsWindowOrSubquery(JsonNode? root) =>
        ExpressionTree.Walk(root).Any(found => ExpressionTree.Class(found.Node) is "WINDOW" or "SUBQUERY");

    /// <summary>Throws Unsupported for the first expression that may not stand over the records of a batch.</summary>
    public void Check(JsonNode? root, IReadOnlyList<SourceColumn> columns)
    {
        foreach (var (node, lambda) in ExpressionTree.Walk(root))
        {
            switch (ExpressionTree.Class(node))
            {
                case "COLUMN_REF":
                    CheckColumn(node, lambda, columns);
                    break;
                case "FUNCTION" when QueryTree.Text(node, "function_name") is "unnest" or "unlist":
                    throw QueryTree.Refused("unnest() beside an aggregate is not supported in a view",
                        "FROM (SELECT ..., unnest(...) AS item FROM source)");
                case "FUNCTION":
                    CheckFunction(QueryTree.Text(node, "function_name"));
                    break;
                case "CONSTANT" or "COMPARISON" or "CONJUNCTION" or "OPERATOR" or "CAST" or "CASE":
                case "BETWEEN" or "LAMBDA":
                    break;
                default:
                    throw Refuse(node);
            }
        }
    }

    /// <summary>Throws Unsupported for a SELECT of single records that gives another result at another time.</summary>
    public void CheckRecordSelect(JsonObject select)
    {
        CheckStable(select["select_list"]);
        CheckStable(select["where_clause"]);
    }

    /// <summary>Throws Unsupported for an expression that gives another result at another time.</summary>
    public void CheckStable(JsonNode? root)
    {
        foreach (var (node, lambda) in ExpressionTree.Walk(root))
        {
            switch (ExpressionTree.Class(node))
            {
                case "COLUMN_REF" when node["column_names"]!.AsArray() is [var only]
                    && Clocks.Contains(only!.GetValue<string>())
                    && !lambda.Contains(only.GetValue<string>(), StringComparer.OrdinalIgnoreCase):
                    throw Volatile(only.GetValue<string>());
                case "FUNCTION":
                    CheckFunction(QueryTree.Text(node, "function_name"));
                    break;
                case "PARAMETER":
                    throw Refuse(node);
                default:
                    break;
            }
        }
    }

    private static TarnException Refuse(JsonObject node) => ExpressionTree.Class(node) switch
    {
        "STAR" => QueryTree.Refused("* beside GROUP BY is not supported in a view", "name the columns"),
        "PARAMETER" => QueryTree.Refused("parameters are not supported in a view", "write the value"),
        var other => QueryTree.Refused($"{other.ToLowerInvariant()} is not supported in a view", null),
    };

    private static void CheckColumn(
        JsonObject node, IReadOnlyList<string> lambda, IReadOnlyList<SourceColumn> columns)
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

        if (functions.IsOpaqueMacro(name))
        {
            throw QueryTree.Refused($"{name}() is not supported in a view", null);
        }
    }

    private static TarnException Volatile(string name) => QueryTree.Refused(
        $"{name} is not supported in a view: it gives another result when records are counted again",
        "use a column of the records, or filter when you read the view");
}
