using System.Globalization;
using Tarn.ContinuousQueries.Answers;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;
using Tarn.ContinuousQueries.Succession;
using Tarn.Primitives.Errors;
using Tarn.Query.Statements;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What statements do to sinks and say of them. Those that change something come one at a time.</summary>
internal sealed class SinkStatements(
    SinkList sinks, Func<string, ViewRunner?> findView, Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan,
    ContinuousQueriesOptions options) : IViewDependants
{
    public static bool Answers(Statement statement) => statement is Statement.ShowSinks or Statement.ShowCreateSink
        or Statement.DescribeSink or Statement.ExplainSink or Statement.ExplainCreateSink;

    public async Task<string> CreateAsync(Statement.CreateSink create, CancellationToken cancellation)
    {
        if (sinks.Find(create.Name) is { } known)
        {
            return await KeepAsync(known, create).ConfigureAwait(false);
        }

        var view = View(create);
        if (findView(create.Name) is not null)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists, $"'{create.Name}' is a materialized view", hint: "choose another name");
        }

        var plan = await makePlan(view.Spec, cancellation).ConfigureAwait(false);
        var (header, state) = await view.CopyAsync(cancellation).ConfigureAwait(false);
        if (state.Plan.Fingerprint != plan.Fingerprint)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"what materialized view '{view.Spec.Name}' reads has changed since it was made",
                hint: "create the view again, then the sink");
        }

        var sink = await sinks.PrepareAsync(create, view.Spec, plan, cancellation).ConfigureAwait(false);
        await sinks.CreateAsync(sink, header, state, makePlan, cancellation).ConfigureAwait(false);
        return $"created sink {sink.Name}";
    }

    public async Task<string> DropAsync(Statement.DropSink drop, CancellationToken cancellation)
    {
        if (sinks.Find(drop.Name) is null && drop.IfExists)
        {
            return $"sink {drop.Name} does not exist";
        }

        await sinks.DropAsync(sinks.Get(drop.Name), cancellation).ConfigureAwait(false);
        return $"dropped sink {drop.Name}";
    }

    /// <summary>A view whose rows leave stays as it is.</summary>
    /// <param name="what">What is done to it, such as <c>dropped</c>.</param>
    public void RefuseWhileRead(string view, string what)
    {
        if (sinks.All.FirstOrDefault(sink => sink.Spec.View == view) is { } sink)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{view}' is not {what}: sink '{sink.Spec.Name}' reads it",
                hint: "drop the sink first");
        }
    }

    /// <summary>A sink goes on as it is when its view is counted anew, and not with another view.</summary>
    public void CheckReplacement(ViewSpec view, ViewSpec successor)
    {
        var isSame = view.Text == successor.Text && view.EmitsOnClose == successor.EmitsOnClose
            && view.Database == successor.Database && (view.Inlined ?? []).SequenceEqual(successor.Inlined ?? []);
        if (!isSame)
        {
            RefuseWhileRead(view.Name, "replaced");
        }
    }

    public void RefuseName(string view)
    {
        if (sinks.Find(view) is not null)
        {
            throw new TarnException(ErrorKind.AlreadyExists, $"'{view}' is a sink", hint: "choose another name");
        }
    }

    public async Task<StatementRows> ReadAsync(Statement statement, CancellationToken cancellation) => statement switch
    {
        Statement.ShowSinks => new(
            ["sink", "view", "target", "state", "epoch", "records_out", "lag_ms", "error"],
            [.. sinks.All.Select(sink => Shown(sink.Status()))]),
        Statement.ShowCreateSink show => Lines(
            "create_statement", DefinitionText.Print(sinks.Get(show.Name).Spec).Split('\n')),
        Statement.DescribeSink describe => Describe(sinks.Get(describe.Name).Spec),
        Statement.ExplainSink explain => await ExplainAsync(sinks.Get(explain.Name).Spec, cancellation)
            .ConfigureAwait(false),
        Statement.ExplainCreateSink explain => await ExplainAsync(explain.Create, cancellation).ConfigureAwait(false),
        _ => throw new InvalidOperationException($"{statement} is not about sinks"),
    };

    /// <summary>The same definition again changes nothing, but one that has stopped is started again.</summary>
    private async Task<string> KeepAsync(SinkRunner known, Statement.CreateSink create)
    {
        if (create.IfNotExists)
        {
            return $"sink {create.Name} exists";
        }

        if (known.Spec.Text != create.Text)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists, $"sink '{create.Name}' exists with another definition", known.Spec.Sql,
                "drop it first: what has left it cannot be taken back");
        }

        if (known.Loop.Error is null)
        {
            return $"sink {create.Name} is unchanged";
        }

        await sinks.RestartAsync(known, makePlan).ConfigureAwait(false);
        return $"resumed sink {create.Name}";
    }

    private ViewRunner View(Statement.CreateSink create) =>
        findView(create.View) is { } view
            && (create.ViewDatabase is null || create.ViewDatabase == view.Spec.Database)
            ? view
            : throw new TarnException(
                ErrorKind.NotFound, $"materialized view '{create.View}' of sink '{create.Name}' does not exist",
                hint: "create the view first");

    private async Task<StatementRows> ExplainAsync(Statement.CreateSink create, CancellationToken cancellation)
    {
        var view = View(create).Spec;
        var plan = await makePlan(view, cancellation).ConfigureAwait(false);
        return Explain(SinkList.Draft(create, view, plan), plan);
    }

    private async Task<StatementRows> ExplainAsync(SinkSpec sink, CancellationToken cancellation) =>
        Explain(sink, await makePlan(sink.Query, cancellation).ConfigureAwait(false));

    private StatementRows Explain(SinkSpec sink, ViewPlan plan) => Lines("plan",
    [
        $"sink {sink.Name} into {sink.Target}",
        SinkRows.FormOf(plan) == SinkForm.Appends
            ? "  each row leaves once, as a new one"
            : "  changed rows leave as op 'upsert', keys that are there no more as op 'remove'",
        "  output is on disk with the state and the offsets before it leaves; the target drops what it has already"
            + (sink.Target.Kind == SinkTargetKind.Webhook ? ", by the id of each post" : ""),
        .. PlanText.Print(sink.View, plan, sink.Query.Options, options),
    ]);

    private static StatementRows Describe(SinkSpec sink) => new(
        ["kind", "name", "value", "is_key"],
        [
            .. sink.Query.Columns.Select(column => Line(
                "column", column.Name, column.Type, column.IsKey ? "true" : "false")),
            Line("view", "view", sink.View),
            Line("target", sink.Target.Kind.ToString().ToLowerInvariant(), sink.Target.Name),
            .. DefinitionText.Options(sink.Options).Select(option => Line("option", option.Name, option.Value)),
        ]);

    private static IReadOnlyList<string?> Shown(SinkStatus status) =>
    [
        status.Name, status.View, status.Target, status.Phase switch
        {
            SinkPhase.CatchingUp => "catching up",
            var phase => phase.ToString().ToLowerInvariant(),
        },
        Number(status.Epoch), Number(status.RecordsOut), Number(status.LagMilliseconds),
        status.Error?.ReplaceLineEndings("; "),
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string?> Line(string kind, string name, string? value, string? isKey = null) =>
        [kind, name, value, isKey];

    private static StatementRows Lines(string column, IEnumerable<string> lines) =>
        new([column], [.. lines.Select(line => (IReadOnlyList<string?>)[line])]);
}
