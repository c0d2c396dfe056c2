using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// Reads an alert's condition: one boolean expression over one row of the view. Throws Invalid or NotFound naming what
/// is wrong with it.
/// </summary>
internal sealed class AlertCondition(IDuckDb duckDb)
{
    /// <summary>Name under which the rows are registered in the session.</summary>
    public const string RowsTable = "tarn_alert_rows";

    private FunctionTable? _functions;

    /// <summary>The condition as SQL that stands over <see cref="RowsTable"/> with the view's name.</summary>
    public async Task<string> BindAsync(
        AlertSpec alert, IReadOnlyList<ViewColumn> columns, CancellationToken cancellation)
    {
        using var session = duckDb.OpenSession();
        _functions ??= await FunctionTable.ReadAsync(session, cancellation).ConfigureAwait(false);
        var tree = Parse(await SqlText.ParseAsync(
            session, $"SELECT (\n{alert.Condition}\n) FROM {RowsTable}", cancellation).ConfigureAwait(false));
        new AlertConditionRules(_functions, alert, columns).Check(tree);
        tree["alias"] = "";
        var sql = await SqlText.PrintAsync(session, tree.ToJsonString(), cancellation).ConfigureAwait(false);
        session.RegisterTable(
            RowsTable, new EmptyTable([.. columns.Select(column => new DuckDbColumn(column.Name, column.Type))]));
        using var bound = await session.QueryAsync($"SELECT {sql} FROM {Rows(alert)}", cancellation)
            .ConfigureAwait(false);
        return bound.Columns[0].Type == "BOOLEAN" ? sql : throw new TarnException(
            ErrorKind.Invalid, $"the condition of alert '{alert.Name}' is {bound.Columns[0].Type} and not BOOLEAN",
            alert.Condition, "compare it with something, such as n > 1000");
    }

    /// <summary>FROM item of the rows, under the view's name.</summary>
    public static string Rows(AlertSpec alert) => $"{RowsTable} AS {SqlText.Name(alert.View)}";

    private static JsonObject Parse(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        if (root["error"]!.GetValue<bool>())
        {
            throw new TarnException(ErrorKind.Invalid, $"the condition: {QueryTree.Text(root, "error_message")}")
            {
                Code = "SYNTAX_ERROR",
            };
        }

        var select = root["statements"]!.AsArray() is [var only] ? only!["node"] : null;
        var isOne = select is not null && QueryTree.Text(select, "type") == "SELECT_NODE"
            && select["select_list"] is JsonArray { Count: 1 } && select["modifiers"] is JsonArray { Count: 0 }
            && select["where_clause"] is null && select["having"] is null && select["qualify"] is null
            && select["sample"] is null && select["group_expressions"] is JsonArray { Count: 0 }
            && QueryTree.Text(select["from_table"]!, "type") == "BASE_TABLE";
        return isOne ? select!["select_list"]![0]!.DeepClone().AsObject() : throw new TarnException(
            ErrorKind.Invalid, "the condition is not one expression", hint: "write it as after WHERE");
    }
}
