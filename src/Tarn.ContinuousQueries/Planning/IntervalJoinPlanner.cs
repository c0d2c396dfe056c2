using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns a join of two sources whose condition bounds their event times into records: the joined rows of a batch. Other
/// joins of sources are kept whole for the time to live.
/// <code>
/// FROM a JOIN b ON a.id = b.id AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5 minutes'
///   a's rows are kept until the watermark is 5 minutes past them, b's until it is past them
///   joined: new rows of a with all of b, and kept rows of a with new ones of b
/// </code>
/// </summary>
/// <param name="wanted">Names that the view uses, without regard to case; null: all.</param>
internal sealed class IntervalJoinPlanner(PlanSession session, IReadOnlySet<string>? wanted)
{
    private const string Left = "tarn_left";
    private const string Right = "tarn_right";
    private static readonly HashSet<string> NoNames = [];
    private readonly ExpressionRules _rules = new(session.Functions);
    private int _joins;

    /// <summary>Null when it is another join.</summary>
    /// <param name="planSide">The records of a side, or null where they are none.</param>
    public async Task<RecordRelation?> TryPlanAsync(JsonObject join, Func<JsonObject, Task<RecordRelation?>> planSide)
    {
        if (QueryTree.Text(join, "join_type") != "INNER" || QueryTree.Text(join, "ref_type") != "REGULAR"
            || join["condition"] is not { } condition
            || !IsPlain(join["left"]!) || !IsPlain(join["right"]!)
            || await planSide(join["left"]!.AsObject()).ConfigureAwait(false)
                is not { TimeColumn: { } leftTime } left
            || await planSide(join["right"]!.AsObject()).ConfigureAwait(false)
                is not { TimeColumn: { } rightTime } right
            || left.Window is not null || right.Window is not null
            || ExpressionRules.HoldsWindowOrSubquery(condition) || session.HoldsAggregate(condition))
        {
            return null;
        }

        var names = JoinedNames.Join(JoinedNames.Of(left, Left), JoinedNames.Of(right, Right), NoNames);
        var bounds = new TimeBounds(
            session, column => Is(column, Left, leftTime), column => Is(column, Right, rightTime));
        if (await bounds.FindAsync(condition).ConfigureAwait(false) is not var (least, most))
        {
            return null;
        }

        _rules.CheckStable(condition);
        var used = names.Columns.Where(column => wanted is null || wanted.Contains(column.Name)).ToList();
        var sides = new IntervalJoinPlan(
            _joins++, Side(left, leftTime, used, Left, most, most - least, Lateness(right)),
            Side(right, rightTime, used, Right, -least, most - least, Lateness(left)),
            least, most);
        var on = await session.PrintAsync(names.RewriteCondition(condition)).ConfigureAwait(false);
        return await JoinAsync(left, right, sides, new JoinedNames(used), on).ConfigureAwait(false);

        bool Is(JsonNode column, string side, string time) =>
            names.FindColumn(column) is { } found && found.Side == side && found.InSide == time;
    }

    /// <summary>A side that is a join or a lookup of its own is not looked into.</summary>
    private static bool IsPlain(JsonNode side) =>
        QueryTree.Text(side, "type") is "BASE_TABLE" or "SUBQUERY" && !LookupJoinPlanner.IsLookup(side.AsObject());

    private static long Lateness(RecordRelation relation) =>
        relation.Source.Options.AllowedLatenessMilliseconds * 1_000;

    private async Task<RecordRelation> JoinAsync(
        RecordRelation left, RecordRelation right, IntervalJoinPlan join, JoinedNames names, string on)
    {
        session.Register(join.LeftNew, IntervalJoinPlan.NewColumns(join.Left));
        session.Register(join.RightNew, IntervalJoinPlan.NewColumns(join.Right));
        session.Register(join.LeftKept, join.Left.StateColumns);
        session.Register(join.RightKept, join.Right.StateColumns);
        var (leftRows, rightRows) = (join.Left.FinalSql, join.Right.FinalSql);
        var items = string.Join(", ", names.Columns.Select(column => $"{column.Sql} AS {SqlText.Name(column.Merged)}"));
        var sql = $"SELECT {items} FROM ({leftRows}{join.LeftNew}) AS {Left} "
            + $"JOIN ({rightRows}{join.RightNew} UNION ALL {rightRows}{join.RightKept}) AS {Right} ON {on} "
            + $"UNION ALL SELECT {items} FROM ({leftRows}{join.LeftKept}) AS {Left} "
            + $"JOIN ({rightRows}{join.RightNew}) AS {Right} ON {on}";
        await session.BindAsync(sql + " LIMIT 0").ConfigureAwait(false);
        var name = session.NewName();
        return new RecordRelation(
            left.Source, [$"{name} AS ({sql})"], name, "tarn_joined",
            [.. names.Columns.Select(column => new SourceColumn(column.Merged, column.Type))], Window: null)
        {
            Names = names,
            Join = join,
        };
    }

    /// <summary>The leaf that keeps a side's rows.</summary>
    /// <param name="reach">Microseconds after a row's time at which the last partner may be.</param>
    /// <param name="lateness">Microseconds by which partners may be late.</param>
    private static LeafPlan Side(
        RecordRelation relation, string time, List<JoinedColumn> used, string side, long reach, long spread,
        long lateness)
    {
        var columns = relation.Columns
            .Where(column => column.Name == time
                || used.Exists(joined => joined.Side == side && joined.InSide == column.Name))
            .OrderBy(column => column.Name == time ? 0 : 1).ToList();
        var forms = columns.ConvertAll(column => StoredForm.Of(column.Type) ?? throw QueryTree.Refused(
            $"column '{column.Name}' of type {column.Type} cannot be kept in a view", "cast it to VARCHAR"));
        var values = columns.Select((column, i) => forms[i].Store(SqlText.Name(column.Name))).ToList();
        var micros = $"epoch_us({SqlText.Name(time)})";

        // Rows go some at a time, a little later than they could.
        var grain = Number(Math.Clamp(spread / 64, 1_000, 60_000_000));
        IReadOnlyList<CellType> keys = [CellType.Of("TIMESTAMP")!, CellType.Int64];
        return new LeafPlan
        {
            Source = relation.Source,
            BatchSql = $"{relation.WithSql}SELECT "
                + $"make_timestamp((({micros} + {Number(reach)}) // {grain} + 1) * {grain}), "
                + $"{string.Join(", ", values)} {relation.FromSql} WHERE {SqlText.Name(time)} IS NOT NULL "
                + $"AND {micros} >= {WindowPlan.ClosedLiteral}",
            BatchTypes = [keys[0], .. forms.Select(form => form.Type)],
            KeyTypes = keys,
            Partials = [.. forms.Select((form, i) => new PartialSpec(PartialKind.Value, [values[i]], form.Type))],
            StateColumns =
            [
                .. keys.Select((type, i) => new DuckDbColumn(Name("k", i), type.Sql)),
                .. forms.Select((form, i) => new DuckDbColumn(Name("v", i), form.Type.Sql)),
            ],
            FinalSql = "SELECT " + string.Join(", ", columns.Select((column, i) =>
                $"{forms[i].Restore(Name("v", i))} AS {SqlText.Name(column.Name)}")) + " FROM ",
            KeepsRows = true,
            KeptFor = lateness,
            Window = new WindowPlan(WindowKind.Moment, relation.Source.Watermark!.Column, 1, 1, 0),
            EndKey = 0,
            Lookups = relation.Lookups,
        };
    }

    private static string Name(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"tarn_{kind}{number}");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
