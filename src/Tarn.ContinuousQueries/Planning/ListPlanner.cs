namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// list, array_agg and string_agg: the values of a group in the order in which they came. An ORDER BY keeps what it
/// orders by as another list, and sorts when the view is read.
/// </summary>
internal sealed class ListPlanner(PlanSession session, RecordRelation relation, PartialSet partials)
{
    public static bool Takes(string name) =>
        name is "list" or "array_agg" or "string_agg" or "group_concat" or "listagg";

    /// <summary>Null: the aggregate is another one.</summary>
    public async Task<string?> PlanAsync(AggregateCall call) => (call.Name, call.Arguments) switch
    {
        ("list" or "array_agg", [var x]) => await ListAsync(x, call).ConfigureAwait(false),
        ("string_agg" or "group_concat" or "listagg", [var x, ..]) => "array_to_string("
            + await ListAsync($"CAST({x} AS VARCHAR)", call with { Filter = call.Both($"({x}) IS NOT NULL") })
                .ConfigureAwait(false)
            + $", {ValueList.Separator(call)})",
        _ => null,
    };

    private async Task<string> ListAsync(string x, AggregateCall call)
    {
        var list = await KeepAsync(x, call).ConfigureAwait(false);
        switch (call.Orders)
        {
            case []:
                return list;
            case [var order]:
                var by = await KeepAsync(order.Sql, call).ConfigureAwait(false);
                var direction = order.Descends ? "DESC" : "ASC";
                var nulls = order.NullsFirst ? "NULLS FIRST" : "NULLS LAST";
                return $"list_select({list}, list_grade_up({by}, '{direction}', '{nulls}'))";
            default:
                throw QueryTree.Refused(
                    $"ORDER BY of several expressions within {call.Name}() is not supported in a view",
                    "order by one of them; or WITH (ttl = '1 day') keeps the rows for it");
        }
    }

    private async Task<string> KeepAsync(string x, AggregateCall call)
    {
        var type = await session.TypeOfAsync(x, relation).ConfigureAwait(false);
        var form = StoredForm.Of(type) ?? throw QueryTree.Refused(
            $"{call.Name}() of {type} is not supported in a view", "cast it to VARCHAR");
        var partial = new PartialSpec(PartialKind.List, [$"list({form.Store(x)}){call.FilterSql}"], form.Type);
        return ValueList.Restore(partials.Add(partial, new Reading(ReadingKind.Values)).First, form);
    }
}
