using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Writes a grouped leaf's statements from resolved expressions.</summary>
internal sealed class PlanComposer(PlanSession session, RecordRelation relation, int leaf)
{
    private readonly Dictionary<string, string> _keyNames = [];
    private readonly List<(string Name, string Sql)> _aggregates = [];
    private readonly Dictionary<string, string> _aggregateNames = [];

    /// <param name="Written">The keys as GROUP BY has them.</param>
    /// <param name="Keys">Those, and the window's bounds where they are missing.</param>
    public sealed record Select(
        IReadOnlyList<string> Names, IReadOnlyList<JsonNode> Items, IReadOnlyList<JsonNode> Written,
        IReadOnlyList<JsonNode> Keys, JsonNode? Where, JsonNode? Having);

    public async Task<GroupedLeafPlanner.Grouped> ComposeAsync(Select select, bool emitsOnClose)
    {
        var planner = new AggregatePlanner(session, relation);
        var forms = new List<StoredForm>();
        var keySql = new List<string>();
        foreach (var key in select.Keys)
        {
            var sql = await session.PrintAsync(key).ConfigureAwait(false);
            forms.Add(await FormOfKeyAsync(sql).ConfigureAwait(false));
            keySql.Add(sql);
            _keyNames[ExpressionTree.Canonical(key)] = $"tarn_k{keySql.Count - 1}";
        }

        var finals = new List<string>();
        foreach (var item in select.Items)
        {
            finals.Add(await FinalOfAsync(item, planner).ConfigureAwait(false));
        }

        var having = select.Having is null ? null : await FinalOfAsync(select.Having, planner).ConfigureAwait(false);
        var where = select.Where is null
            ? "" : " WHERE " + await session.PrintAsync(select.Where).ConfigureAwait(false);
        var batchSql = BatchSql(keySql.Select((sql, i) => forms[i].Store(sql)), planner.Partials, where, keySql.Count);
        var keyTypes = forms.ConvertAll(form => form.Type);
        IReadOnlyList<CellType> batchTypes =
            [.. keyTypes, .. planner.Partials.SelectMany(partial => partial.BatchTypes)];
        await CheckBatchAsync(batchSql, batchTypes).ConfigureAwait(false);
        IReadOnlyList<DuckDbColumn> stateColumns =
        [
            .. keyTypes.Select((type, i) => new DuckDbColumn($"tarn_k{i}", type.Sql)),
            .. planner.StateNames.Zip(
                planner.Partials.SelectMany(partial => partial.StateTypes), (name, type) =>
                    new DuckDbColumn(name, type.Sql)),
        ];
        session.RegisterState(leaf, stateColumns);

        var restored = forms.Select((form, i) => $"{form.Restore($"tarn_k{i}")} AS tarn_k{i}").ToList();
        var merged = restored.Concat(_aggregates.Select(aggregate => $"{aggregate.Sql} AS {aggregate.Name}"));
        var isKey = select.Items.Select(item => _keyNames.ContainsKey(ExpressionTree.Canonical(item))).ToList();
        var plan = new LeafPlan
        {
            Source = relation.Source,
            BatchSql = batchSql,
            BatchTypes = batchTypes,
            KeyTypes = keyTypes,
            Partials = planner.Partials,
            StateColumns = stateColumns,
            FinalSql = FinalSql(merged, finals.Zip(select.Names), having),
            KeySql = FinalSql(restored, select.Names.Select((name, i) => (isKey[i] ? finals[i] : "NULL", name)), null),
            Window = KeyOf(WindowPlan.EndColumn) < 0 ? null : relation.Window,
            StartKey = KeyOf(WindowPlan.StartColumn),
            EndKey = KeyOf(WindowPlan.EndColumn),
            EmitsOnClose = emitsOnClose,
            Lookups = relation.Lookups,
            Join = relation.Join,
        };
        return new(plan, isKey, having is null && ShowsAllKeys(select));
    }

    /// <summary>Whether the rows show every key; the window's bounds follow from each other.</summary>
    private static bool ShowsAllKeys(Select select)
    {
        var shown = select.Items.Select(ExpressionTree.Canonical).ToHashSet(StringComparer.Ordinal);
        return select.Written.All(key => shown.Contains(ExpressionTree.Canonical(key)));
    }

    private int KeyOf(string column) =>
        relation.Window is not null
            && _keyNames.TryGetValue(ExpressionTree.Canonical(ExpressionTree.ColumnRef(column)), out var name)
            ? int.Parse(name["tarn_k".Length..], System.Globalization.CultureInfo.InvariantCulture)
            : -1;

    private string FinalSql(
        IEnumerable<string> inner, IEnumerable<(string Sql, string Name)> items, string? having) =>
        $"SELECT {string.Join(", ", items.Select(item => $"{item.Sql} AS {SqlText.Name(item.Name)}"))} FROM "
        + $"(SELECT {string.Join(", ", inner.DefaultIfEmpty("1"))} FROM {ViewPlan.StateTable(leaf)}) AS tarn_merged"
        + (having is null ? "" : $" WHERE {having}");

    private string BatchSql(IEnumerable<string> keys, IReadOnlyList<PartialSpec> partials, string where, int keyCount)
    {
        var columns = keys.Concat(partials.SelectMany(partial => partial.BatchColumns));
        var group = keyCount == 0 ? "" : " GROUP BY " + string.Join(", ", Enumerable.Range(1, keyCount));
        return $"{relation.WithSql}SELECT {string.Join(", ", columns)} {relation.FromSql}{where}{group}";
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
                || !session.Functions.IsAggregate(QueryTree.Text(node, "function_name")))
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

        return await session.PrintAsync(final).ConfigureAwait(false);
    }

    private async Task<StoredForm> FormOfKeyAsync(string sql)
    {
        var type = await session.TypeOfAsync(sql, relation).ConfigureAwait(false);
        return StoredForm.Of(type) ?? throw QueryTree.Refused(
            $"GROUP BY {sql} of type {type} is not supported in a view", "cast it to VARCHAR");
    }

    private async Task CheckBatchAsync(string sql, IReadOnlyList<CellType> types)
    {
        var columns = await session.BindAsync(sql).ConfigureAwait(false);
        for (var i = 0; i < types.Count; i++)
        {
            if (!types[i].Takes(columns[i].Type))
            {
                throw new InvalidOperationException(
                    $"column {i} of '{sql}' is {columns[i].Type} and not {types[i].Sql}");
            }
        }
    }
}
