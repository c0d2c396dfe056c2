using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Finds which kept rows a top-N can never show again:
/// <c>QUALIFY row_number() OVER (PARTITION BY p ORDER BY o) &lt;= n</c> alone over the rows. New rows only push old
/// ones down; a row comes up again only when better ones leave. Within one window all leave together, so what is below
/// n may go. Else rows leave by age, and a row may go when the n before it are all younger.
/// </summary>
internal sealed class TopRowsPlanner(PlanSession session)
{
    private static readonly string[] Ranks = ["row_number", "rank", "dense_rank"];

    /// <summary>SQL over the leaf's state that gives the keys of such rows; null: none is known.</summary>
    /// <param name="node">The SELECT over the leaf's rows.</param>
    /// <param name="alias">The rows' name in it.</param>
    public async Task<string?> PlanAsync(JsonObject node, LeafPlan leaf, string alias)
    {
        if (Read(node) is not var (window, rowsMax) || !IsAlone(node, window))
        {
            return null;
        }

        var keys = string.Join(", ", leaf.StateColumns.Take(leaf.KeyTypes.Count).Select(column => column.Name));
        var rows = $"SELECT {keys}, {leaf.FinalSql["SELECT ".Length..]}";
        var sql = $"SELECT {keys} FROM ({rows}) AS {SqlText.Name(alias)} QUALIFY ";
        if (leaf.Window is not null)
        {
            if (!Partitions(window).Any(IsWindowBound))
            {
                return null;
            }

            sql += Invariant($"{await session.PrintAsync(window).ConfigureAwait(false)} > {rowsMax}");
        }
        else if (QueryTree.Text(window, "function_name") == "row_number")
        {
            var number = leaf.StateColumns[leaf.KeyTypes.Count - 1].Name;
            var over = await OverAsync(window, rowsMax).ConfigureAwait(false);
            sql += Invariant($"count(*) OVER {over} = {rowsMax} AND min({number}) OVER {over} > {number}");
        }
        else
        {
            return null;
        }

        return await BindsAsync(sql).ConfigureAwait(false) ? sql : null;
    }

    private static (JsonObject Window, long RowsMax)? Read(JsonObject node)
    {
        if (node["qualify"] is not JsonObject qualify || ExpressionTree.Class(qualify) != "COMPARISON"
            || ExpressionTree.Class(qualify["right"]!) != "CONSTANT"
            || qualify["right"]!["value"]!["value"] is not JsonValue value || !value.TryGetValue<long>(out var bound))
        {
            return null;
        }

        var rowsMax = QueryTree.Text(qualify, "type") switch
        {
            "COMPARE_LESSTHANOREQUALTO" => bound,
            "COMPARE_LESSTHAN" => bound - 1,
            "COMPARE_EQUAL" when bound == 1 => 1,
            _ => 0,
        };
        var left = qualify["left"]!.AsObject();
        var window = ExpressionTree.Class(left) == "COLUMN_REF" ? Named(node, left) : left;
        return rowsMax > 0 && window is not null && ExpressionTree.Class(window) == "WINDOW"
            && Ranks.Contains(QueryTree.Text(window, "function_name"))
            ? (window, rowsMax) : null;
    }

    /// <summary>The item of the select list that a name of it stands for.</summary>
    private static JsonObject? Named(JsonObject node, JsonObject reference) =>
        reference["column_names"]!.AsArray() is [var name] ? node["select_list"]!.AsArray().OfType<JsonObject>()
            .FirstOrDefault(item => QueryTree.Text(item, "alias") == name!.GetValue<string>()) : null;

    /// <summary>Whether nothing else of the SELECT looks at more than one row.</summary>
    private bool IsAlone(JsonObject node, JsonObject window) =>
        node["where_clause"] is null && node["having"] is null
        && node["group_expressions"]!.AsArray().Count == 0
        && QueryTree.Text(node["from_table"]!, "type") == "BASE_TABLE"
        && !session.HoldsAggregate(node["select_list"])
        && ExpressionTree.Walk(node["select_list"]).All(found =>
            ExpressionTree.Class(found.Node) != "SUBQUERY"
            && (ExpressionTree.Class(found.Node) != "WINDOW"
                || ExpressionTree.Canonical(found.Node) == ExpressionTree.Canonical(window)));

    private static IEnumerable<JsonNode> Partitions(JsonObject window) =>
        window["partitions"]!.AsArray().Select(partition => partition!);

    private static bool IsWindowBound(JsonNode partition) =>
        ExpressionTree.Class(partition) == "COLUMN_REF"
        && partition["column_names"]!.AsArray()[^1]!.GetValue<string>()
            is WindowPlan.StartColumn or WindowPlan.EndColumn;

    /// <summary>The rows that stand just before one, as many as are shown.</summary>
    private async Task<string> OverAsync(JsonObject window, long rowsMax)
    {
        var (partitions, orders) = (new List<string>(), new List<string>());
        foreach (var partition in Partitions(window))
        {
            partitions.Add(await session.PrintAsync(partition).ConfigureAwait(false));
        }

        foreach (var order in window["orders"]!.AsArray())
        {
            var direction = QueryTree.Text(order!, "type") == "DESCENDING" ? " DESC" : "";
            var nulls = QueryTree.Text(order!, "null_order") is "NULLS FIRST" or "NULLS LAST"
                ? " " + QueryTree.Text(order!, "null_order") : "";
            orders.Add(await session.PrintAsync(order!["expression"]!).ConfigureAwait(false) + direction + nulls);
        }

        var by = partitions.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", partitions)} ";
        var sorted = orders.Count == 0 ? "" : $"ORDER BY {string.Join(", ", orders)} ";
        return Invariant($"({by}{sorted}ROWS BETWEEN {rowsMax} PRECEDING AND 1 PRECEDING)");
    }

    /// <summary>False where it uses names of the select list, which are not among the rows' columns.</summary>
    private async Task<bool> BindsAsync(string sql)
    {
        try
        {
            await session.BindAsync(sql).ConfigureAwait(false);
            return true;
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Invalid)
        {
            return false;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
