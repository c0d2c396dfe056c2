using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Succession;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries;

/// <content>Changes of what exists: definitions, and views that are started again.</content>
internal sealed partial class ContinuousQueryEngine
{
    private async Task<string> AlterSourceAsync(Statement.AlterSource alter, CancellationToken cancellation)
    {
        var known = _sources.GetValueOrDefault(alter.Name) ?? throw NoSource(alter.Name);
        if (alter.Column is { } column && known.Columns.Any(other =>
            other.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new TarnException(
                ErrorKind.AlreadyExists, $"source '{known.Name}' has a column '{column.Name}'");
        }

        var source = known with
        {
            Columns = alter.Column is null ? known.Columns : [.. known.Columns, alter.Column],
            Options = SourceOptionTable.Instance.Apply(alter.Options, known.Options),
        };
        SourceOptionTable.Check(source, [.. alter.Options.Where(option => option.Text is not null)]);
        source = source with { Sql = DefinitionText.Print(source) };
        var text = StatementParser.Parse(source.Sql) is Statement.CreateSource created ? created.Source.Text : "";
        return await ChangeSourceAsync(known, source with { Text = text }, "altered", cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Puts a definition in the place of another of its name, and starts the views that read it again: what they have
    /// counted stays, what comes is read as the new one says. Refuses what would have changed what was counted.
    /// </summary>
    private async Task<string> ChangeSourceAsync(
        SourceSpec known, SourceSpec source, string done, CancellationToken cancellation)
    {
        CheckRecords(source);
        var readers = Readers(source.Name);
        readers.ForEach(reader => _successors.RefuseWhileAny(reader.Spec.Name));
        _successors.RefuseWhileRead(source.Name);
        if (readers.Count > 0 && WhatChanges(known, source) is { } what)
        {
            throw Counted(source, what, readers[0]);
        }

        foreach (var reader in readers)
        {
            await CheckPlanAsync(reader, known, source, cancellation).ConfigureAwait(false);
        }

        await _definitions.PutAsync(source, cancellation).ConfigureAwait(false);
        _sources = _sources.SetItem(source.Name, source);
        foreach (var reader in readers)
        {
            await (_sinks.Find(reader.Spec.Name) is { } sink
                ? _sinks.RestartAsync(sink, MakePlanAsync) : RestartAsync(reader, reader.Spec)).ConfigureAwait(false);
        }

        var sinks = readers.Count(reader => _sinks.Find(reader.Spec.Name) is not null);
        return $"{done} source {source.Name}"
            + (readers.Count == sinks ? "" : $"; {readers.Count - sinks} materialized view(s) read on with it")
            + (sinks == 0 ? "" : $"; {sinks} sink(s) read on with it");
    }

    /// <summary>Views and sinks that read the source.</summary>
    private List<ViewRunner> Readers(string source) =>
    [
        .. _views.Values.Concat(_sinks.All.Select(sink => sink.Loop))
            .Where(reader => reader.Spec.Inputs().Any(input => input.Source == source)),
    ];

    /// <summary>What of a source would have given other results for records that are counted; null: nothing.</summary>
    private static string? WhatChanges(SourceSpec known, SourceSpec source) =>
        source.Stream != known.Stream ? "another stream"
        : source.Format != known.Format ? "another format"
        : source.Watermark != known.Watermark ? "another watermark"
        : source.Options.Delimiter != known.Options.Delimiter ? "another delimiter"
        : source.Options.AvroSchema != known.Options.AvroSchema ? "another schema"
        : !source.Columns.Take(known.Columns.Count).SequenceEqual(known.Columns) ? "another type or order of columns"
        : null;

    /// <summary>A new column may take the place of a name that the view's SELECT gives: then the view would be another.
    /// </summary>
    private async Task CheckPlanAsync(
        ViewRunner reader, SourceSpec known, SourceSpec source, CancellationToken cancellation)
    {
        var before = await PlanAsync(known).ConfigureAwait(false);
        string? detail = null;
        try
        {
            var after = await PlanAsync(source).ConfigureAwait(false);
            if (after.Fingerprint == before.Fingerprint && after.FinalSql == before.FinalSql)
            {
                return;
            }
        }
        catch (TarnException cause)
        {
            detail = cause.Message;
        }

        throw Counted(source, "a column of a name that its SELECT gives to something else", reader, detail);

        Task<ViewPlan> PlanAsync(SourceSpec changed) => this.PlanAsync(
            reader.Spec, name => name == changed.Name ? changed : _sources.GetValueOrDefault(name), cancellation);
    }

    private string WhatIs(ViewRunner reader) =>
        (_sinks.Find(reader.Spec.Name) is null ? "materialized view" : "sink") + $" '{reader.Spec.Name}'";

    private TarnException Counted(SourceSpec source, string what, ViewRunner reader, string? detail = null) =>
        new(
            ErrorKind.Conflict,
            $"{what} of source '{source.Name}' would change what {WhatIs(reader)} has counted",
            detail,
            "drop the view first, or create a source of another name");

    private async Task<string> AlterViewAsync(Statement.AlterView alter, CancellationToken cancellation)
    {
        var view = FindRunner(alter.Name);
        if (view is null || (alter.Database is not null && alter.Database != view.Spec.Database))
        {
            throw NoView(alter.Name);
        }

        _successors.RefuseWhileAny(view.Spec.Name);
        var options = ViewOptionTable.Instance.Apply(alter.Options, view.Spec.Options);
        var spec = view.Spec with { Options = options };
        spec = spec with { Sql = DefinitionText.Print(spec) };
        _ = await PlanAsync(spec, name => _sources.GetValueOrDefault(name), cancellation).ConfigureAwait(false);
        await _definitions.PutAsync(spec, cancellation).ConfigureAwait(false);
        await RestartAsync(view, spec).ConfigureAwait(false);
        return $"altered materialized view {spec.Name}";
    }

    /// <summary>
    /// What the statement comes to when the view, or the version that is to take its place, is already so; null: it is
    /// not. A new version of another definition is given up when the view that is read is wanted again.
    /// </summary>
    private async Task<string?> KeepAsync(
        Statement.CreateView create, string database, ViewRunner known, IEnumerable<InlinedView> inlined,
        CancellationToken cancellation)
    {
        if (_successors.Find(create.Name) is { } successor)
        {
            if (IsSame(create, database, successor.Spec, inlined))
            {
                await _successors.RetryAsync(create.Name).ConfigureAwait(false);
                return $"materialized view {create.Name} is being counted anew, see tarn query ls";
            }

            if (create.OrReplace && IsSame(create, database, known.Spec, inlined))
            {
                await _successors.ForgetAsync(create.Name, cancellation).ConfigureAwait(false);
                return await KeepAsync(known).ConfigureAwait(false) + "; its new version was given up";
            }
        }

        return IsSame(create, database, known.Spec, inlined) ? await KeepAsync(known).ConfigureAwait(false) : null;
    }

    private static bool IsSame(
        Statement.CreateView create, string database, ViewSpec view, IEnumerable<InlinedView> inlined) =>
        view.Text == create.Text && view.Database == database && view.EmitsOnClose == create.EmitsOnClose
            && view.Options == create.Options
            && (!create.OrReplace || view.Inlined is null || view.Inlined.SequenceEqual(inlined));

    /// <summary>The same definition again changes nothing, but one that has stopped is started again from its
    /// snapshot.</summary>
    private async Task<string> KeepAsync(ViewRunner known)
    {
        if (known.Error is null)
        {
            return $"materialized view {known.Spec.Name} is unchanged";
        }

        await RestartAsync(known, known.Spec).ConfigureAwait(false);
        return $"resumed materialized view {known.Spec.Name}";
    }

    /// <summary>Stops a view and starts it from its snapshot.</summary>
    private async Task RestartAsync(ViewRunner view, ViewSpec spec)
    {
        await view.StopAsync().ConfigureAwait(false);
        _views = _views.SetItem(spec.Name, Launch(spec, plan: null));
    }

    public Task PauseAsync(string name, CancellationToken cancellation) => FindSink(name) is { } sink
        ? ChangeAsync(() => _sinks.PauseAsync(sink, cancellation), cancellation)
        : ChangeAsync(name, view => PauseAsync(view, cancellation), cancellation);

    private async Task PauseAsync(ViewRunner view, CancellationToken cancellation)
    {
        if (view.Error is not null)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{view.Spec.Name}' has stopped with an error",
                view.Error.Describe(), "resume it, or drop it");
        }

        await _definitions.PutAsync(view.Spec with { IsPaused = true }, cancellation).ConfigureAwait(false);
        view.Pause();
    }

    public Task ResumeAsync(string name, CancellationToken cancellation) => FindSink(name) is { } sink
        ? ChangeAsync(() => _sinks.ResumeAsync(sink, MakePlanAsync, cancellation), cancellation)
        : ChangeAsync(name, view => ResumeAsync(view, cancellation), cancellation);

    private async Task ResumeAsync(ViewRunner view, CancellationToken cancellation)
    {
        var spec = view.Spec with { IsPaused = false };
        await _definitions.PutAsync(spec, cancellation).ConfigureAwait(false);
        view.Gate.Open();
        if (view.Error is not null)
        {
            await RestartAsync(view, spec).ConfigureAwait(false);
        }

        await _successors.RetryAsync(spec.Name).ConfigureAwait(false);
    }

    public Task BackfillAsync(string name, CancellationToken cancellation) => ChangeAsync(name, async view =>
    {
        var plan = await PlanAsync(view.Spec, name => _sources.GetValueOrDefault(name), cancellation)
            .ConfigureAwait(false);
        var inputs = await BeginAsync(plan, view.Spec.Options, cancellation).ConfigureAwait(false);
        var successor = view.Spec with
        {
            Id = _ids.Next().ToString("N", CultureInfo.InvariantCulture),
            Columns = plan.Columns,
            Source = inputs[0].Source,
            StreamId = inputs[0].StreamId,
            Start = inputs[0].Start,
            OtherInputs = inputs[1..],
            IsPaused = false,
        };
        await _successors.BeginAsync(view.Spec, successor, cancellation).ConfigureAwait(false);
    }, cancellation);

    public async Task<IReadOnlyList<string>> ExplainAsync(string name, CancellationToken cancellation)
    {
        var answer = await ReadAsync(new Statement.ExplainView(name.ToLowerInvariant(), null), cancellation)
            .ConfigureAwait(false);
        return [.. answer.Rows.Select(row => row[0]!)];
    }

    public SubscribeRequest SubscribedBy(string sql) => StatementParser.Parse(sql) is not Statement.Subscribe subscribe
        ? throw new TarnException(ErrorKind.Invalid, "the statement is not SUBSCRIBE TO a view")
        : FindRunner(subscribe.Name) is { } view
            && (subscribe.Database is null || subscribe.Database == view.Spec.Database)
            ? new SubscribeRequest(subscribe.Name, subscribe.Since)
            : throw NoView(subscribe.Name);

    private Task ChangeAsync(string name, Func<ViewRunner, Task> change, CancellationToken cancellation) =>
        ChangeAsync(() => change(GetRunner(name)), cancellation);

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellation)
    {
        await _statements.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ThrowUnlessStarted();
            await change().ConfigureAwait(false);
        }
        finally
        {
            _statements.Release();
        }
    }

    private ViewStatus Status(ViewRunner view) => view.Status() with
    {
        Backfill = _successors.Status(view.Spec.Name),
    };

    Task IViewPlaces.ChangeAsync(string name, Func<ViewRunner, Task> change, CancellationToken cancellation) =>
        ChangeAsync(name, change, cancellation);

    ViewRunner IViewPlaces.Launch(ViewSpec view) => Launch(view, plan: null);

    void IViewPlaces.Put(ViewRunner view) => _views = _views.SetItem(view.Spec.Name, view);

    Task IViewPlaces.RestartAsync(ViewRunner view, ViewSpec spec) => RestartAsync(view, spec);

    Task IViewPlaces.RetireAsync(ViewRunner view) => RetireAsync(view);

    private async Task RetireAsync(ViewRunner view)
    {
        await view.StopAsync().ConfigureAwait(false);
        try
        {
            view.DeleteFiles();
        }
        catch (IOException cause)
        {
            NotRemoved(view.Spec.Id, view.Spec.Name, cause.Message);
        }
    }

    [LoggerMessage(6001, LogLevel.Warning,
        "folder '{Folder}' of the former materialized view '{View}' was not removed: {Reason}")]
    private partial void NotRemoved(string folder, string view, string reason);
}
