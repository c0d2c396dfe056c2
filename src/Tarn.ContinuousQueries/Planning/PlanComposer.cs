using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Writes a plan's two statements from resolved expressions.</summary>
internal sealed class PlanComposer(
    IDuckDbSession session, string sourceAlias, FunctionTable functions, CancellationToken cancellation)
{
    private readonly string _from = $"FROM {ViewPlan.BatchTable} AS {SqlText.Name(sourceAlias)}";
    private readonly Dictionary<string, string> _keyNames = [];
    private readonly List<(string Name, string Sql)> _aggregates = [];
    private readonly Dictionary<string, string> _aggregateNames = [];

    public async Task<ViewPlan> ComposeAsync(
        IReadOnlyList<string> names, IReadOnlyList<JsonNode> items, IReadOnlyList<JsonNode> keys, JsonNode? where,
            JsonNode? having)
    {
        var planner = new AggregatePlanner(session, _from, cancellation);
        var forms = new List<StoredForm>();
        var keySql = new List<string>();
        foreach (var key in keys)
        {
            var sql = await PrintAsync(key).ConfigureAwait(false);
            forms.Add(await FormOfKeyAsync(sql).ConfigureAwait(false));
            keySql.Add(sql);
            _keyNames[ExpressionTree.Canonical(key)] = $"tarn_k{keySql.Count - 1}";
        }

        var finals = new List<string>();
        foreach (var item in items)
        {
            finals.Add(await FinalOfAsync(item, planner).ConfigureAwait(false));
        }

        var havingSql = having is null ? null : await FinalOfAsync(having, planner).ConfigureAwait(false);
        var whereSql = where is null ? "" : " WHERE " + await PrintAsync(where).ConfigureAwait(false);
        var batchSql = BatchSql(keySql.Select((sql, i) => forms[i].Store(sql)), planner.Partials, whereSql, keys.Count);
        var keyTypes = forms.ConvertAll(form => form.Type);
        IReadOnlyList<CellType> batchTypes =
            [.. keyTypes, .. planner.Partials.SelectMany(partial => partial.BatchTypes)];
        IReadOnlyList<DuckDbColumn> stateColumns =
        [
            .. keyTypes.Select((type, i) => new DuckDbColumn($"tarn_k{i}", type.Sql)),
            .. planner.StateNames.Zip(
                planner.Partials.SelectMany(partial => partial.StateTypes), (name, type) =>
                    new DuckDbColumn(name, type.Sql)),
        ];

        var inner = forms.Select((form, i) => $"{form.Restore($"tarn_k{i}")} AS tarn_k{i}")
            .Concat(_aggregates.Select(aggregate => $"{aggregate.Sql} AS {aggregate.Name}"));
        var tail = $"FROM (SELECT {string.Join(", ", inner)} FROM {ViewPlan.StateTable}) AS tarn_merged"
            + (havingSql is null ? "" : $" WHERE {havingSql}");
        await CheckBatchAsync(batchSql, batchTypes).ConfigureAwait(false);
        session.RegisterTable(ViewPlan.StateTable, new EmptyTable(stateColumns));
        var types = await FinalTypesAsync(names, finals, tail).ConfigureAwait(false);
        var shown = types.Select((type, i) => $"CAST({finals[i]} AS {type.Sql}) AS {SqlText.Name(names[i])}");
        var isKey = items.Select(item => _keyNames.ContainsKey(ExpressionTree.Canonical(item))).ToList();
        var keysShown = items.Select(ExpressionTree.Canonical).Where(_keyNames.ContainsKey).Distinct().Count();
        return new ViewPlan
        {
            BatchSql = batchSql,
            BatchTypes = batchTypes,
            KeyTypes = keyTypes,
            Partials = planner.Partials,
            StateColumns = stateColumns,
            FinalSql = $"SELECT {string.Join(", ", shown)} {tail}",
            FinalTypes = types,
            Columns = [.. names.Select((name, i) => new ViewColumn(name, types[i].Sql, isKey[i]))],
            ChangesAreKeyed = having is null && keysShown == keys.Count,
        };
    }

    private string BatchSql(IEnumerable<string> keys, IReadOnlyList<PartialSpec> partials, string where, int keyCount)
    {
        var columns = keys.Concat(partials.SelectMany(partial => partial.BatchColumns));
        var group = keyCount == 0 ? "" : " GROUP BY " + string.Join(", ", Enumerable.Range(1, keyCount));
        return $"SELECT {string.Join(", ", columns)} {_from}{where}{group}";
    }

    /// <summary>The expression over merged rows: keys and aggregates by the names they have there.</summary>
    private async Task<string> FinalOfAsync(JsonNode item, AggregatePlanner planner)
    {
        var calls = new List<JsonObject>();
        var final = ExpressionTree.Rewrite(item, node =>
        {
            var canonical = ExpressionTree.Canonical(node);
            if (_keyNames.TryGetValue(canonical, out var key))
            {
                return ExpressionTree.ColumnRef(key);
            }

            if (ExpressionTree.Class(node) != "FUNCTION"
                || !functions.IsAggregate(SelectTree.Text(node, "function_name")))
            {
                return null;
            }

            if (!_aggregateNames.TryGetValue(canonical, out var name))
            {
                name = $"tarn_a{_aggregateNames.Count}";
                _aggregateNames[canonical] = name;
                calls.Add(node);
            }

            return ExpressionTree.ColumnRef(name);
        })!;
        foreach (var call in calls)
        {
            _aggregates.Add(
                (_aggregateNames[ExpressionTree.Canonical(call)], await planner.PlanAsync(call).ConfigureAwait(false)));
        }

        return await PrintAsync(final).ConfigureAwait(false);
    }

    private async Task<StoredForm> FormOfKeyAsync(string sql)
    {
        using var result =
            await session.QueryAsync($"SELECT {sql} {_from} LIMIT 0", cancellation).ConfigureAwait(false);
        return StoredForm.Of(result.Columns[0].Type) ?? throw SelectTree.Refused(
            $"GROUP BY {sql} of type {result.Columns[0].Type} is not supported in a view", "cast it to VARCHAR");
    }

    private async Task<IReadOnlyList<CellType>> FinalTypesAsync(
        IReadOnlyList<string> names, IReadOnlyList<string> finals, string tail)
    {
        using var result = await session
            .QueryAsync($"SELECT {string.Join(", ", finals)} {tail}", cancellation).ConfigureAwait(false);
        return [.. result.Columns.Select((column, i) => StoredForm.Shown(column.Type) ?? throw SelectTree.Refused(
            $"column '{names[i]}' of type {column.Type} is not supported in a view", "cast it to VARCHAR"))];
    }

    private async Task CheckBatchAsync(string sql, IReadOnlyList<CellType> types)
    {
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        for (var i = 0; i < types.Count; i++)
        {
            if (CellType.Of(result.Columns[i].Type)?.Kind != types[i].Kind)
            {
                throw new InvalidOperationException(
                    $"column {i} of '{sql}' is {result.Columns[i].Type} and not {types[i].Sql}");
            }
        }
    }

    private async Task<string> PrintAsync(JsonNode expression)
    {
        var bare = expression.DeepClone();
        bare["alias"] = "";
        return await SqlText.PrintAsync(session, bare.ToJsonString(), cancellation).ConfigureAwait(false);
    }
}
