using System.Text.Json.Nodes;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Zones;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns a view's SELECT into a <see cref="ViewPlan"/>, or refuses it: 1. parse; 2. put other views and common table
/// expressions in their places; 3. cut into leaves; 4. compose the SELECT over the leaves and let DuckDB bind it.
/// </summary>
/// <param name="describe">The columns of a table of the lake.</param>
internal sealed class ViewPlanner(
    IDuckDb duckDb, Func<TableName, CancellationToken, Task<IReadOnlyList<DuckDbColumn>>> describe)
{
    private FunctionTable? _functions;

    /// <param name="findSource">The source of that name, or null.</param>
    /// <param name="findView">The view of that name, or null.</param>
    public async Task<ViewPlan> PlanAsync(
        ViewText view, Func<string, SourceSpec?> findSource, Func<string, InlinedView?> findView,
        CancellationToken cancellation)
    {
        using var duckDbSession = duckDb.OpenSession();
        duckDbSession.RegisterFunctions(ZoneFunctions.All);
        _functions ??= await FunctionTable.ReadAsync(duckDbSession, cancellation).ConfigureAwait(false);
        var session = new PlanSession(duckDbSession, _functions, cancellation);
        var tree = await session.ParseAsync(view.Select).ConfigureAwait(false);
        tree = await new QueryInliner(session, findView).InlineAsync(tree).ConfigureAwait(false);
        var names = NamesIn(tree);
        var lookups = new LookupJoinPlanner(session, name => describe(name, cancellation), names);
        var relations = new RelationPlanner(
            session, findSource, lookups, new IntervalJoinPlanner(session, names));
        var shaper = new QueryShaper(session, relations, view.Options, names);
        tree = await shaper.ShapeAsync(tree, view.EmitsOnClose, isRoot: true).ConfigureAwait(false);
        CheckOptions(view.Options, shaper.Leaves);
        return await ComposeAsync(session, shaper, await session.PrintQueryAsync(tree).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private static void CheckOptions(ViewOptions options, IReadOnlyList<LeafPlan> leaves)
    {
        if ((options.LookupRefreshMilliseconds ?? options.LookupRowsMax) is not null
            && leaves.All(leaf => leaf.Lookups.Count == 0))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"option {(options.LookupRowsMax is null ? "lookup_refresh" : "lookup_rows_max")} does nothing: the "
                + "view joins with no lookup", hint: "FROM source JOIN database.table ON ...")
            {
                Code = "INVALID_OPTION",
            };
        }
    }

    private static async Task<ViewPlan> ComposeAsync(PlanSession session, QueryShaper shaper, string over)
    {
        var with = "WITH " + string.Join(", ", shaper.Leaves.Index().Where(leaf => !leaf.Item.IsSide).Select(leaf =>
            $"{ViewPlan.LeafTable(leaf.Index)} AS ({leaf.Item.FinalSql})")) + " ";
        var bound = await session.BindNamedAsync(with + over).ConfigureAwait(false);
        IReadOnlyList<CellType> types = [.. bound.Select(column => StoredForm.Shown(column.Type)
            ?? throw QueryTree.Refused(
                $"column '{column.Name}' of type {column.Type} is not supported in a view", "cast it to VARCHAR"))];
        var isKey = shaper.Root?.IsKey ?? [.. bound.Select(_ => false)];
        return new ViewPlan
        {
            Leaves = shaper.Leaves,
            FinalSql = with + Shown(bound, types, over),
            KeySql = shaper.Root is { IsKeyed: true } root ? Shown(bound, types, root.Leaf.KeySql!) : null,
            FinalTypes = types,
            Columns = [.. bound.Select((column, i) => new ViewColumn(column.Name, types[i].Sql, isKey[i]))],
            Changes = shaper.Root is { IsKeyed: true } ? ChangeForm.Keyed
                : shaper.RootAppends ? ChangeForm.Append : ChangeForm.Whole,
            IsAppendOnly = shaper.RootAppends || shaper.Root is { Leaf: { EmitsOnClose: true } leaf }
                && leaf.Source.Options.AllowedLatenessMilliseconds == 0,
        };
    }

    private static string Shown(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<CellType> types, string from)
    {
        var items = columns.Select((column, i) =>
            $"CAST({SqlText.Name(column.Name)} AS {types[i].Sql}) AS {SqlText.Name(column.Name)}");
        return $"SELECT {string.Join(", ", items)} FROM ({from}) AS tarn_view";
    }

    /// <summary>Every name that could be a column's; null when a star means all.</summary>
    private static HashSet<string>? NamesIn(JsonNode tree)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (node, _) in ExpressionTree.Walk(tree))
        {
            switch (ExpressionTree.Class(node))
            {
                case "STAR":
                    return null;
                case "COLUMN_REF":
                    names.UnionWith(node["column_names"]!.AsArray().Select(name => name!.GetValue<string>()));
                    break;
                default:
                    break;
            }
        }

        return names;
    }
}
