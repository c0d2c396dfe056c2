using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;
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
        var readers = _views.Values.Where(view => view.Spec.Inputs().Any(input =>
            input.Source == source.Name)).ToList();
        readers.ForEach(reader => RefuseWhileSucceeded(reader.Spec.Name));
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
            await RestartAsync(reader, reader.Spec).ConfigureAwait(false);
        }

        return $"{done} source {source.Name}"
            + (readers.Count == 0 ? "" : $"; {readers.Count} materialized view(s) read on with it");
    }

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

        Task<ViewPlan> PlanAsync(SourceSpec changed) => _planner.PlanAsync(
            ViewText.Of(reader.Spec),
            name => name == changed.Name ? changed : _sources.GetValueOrDefault(name),
            name => FindRunner(name)?.Spec,
            cancellation);
    }

    private static TarnException Counted(SourceSpec source, string what, ViewRunner reader, string? detail = null) =>
        new(
            ErrorKind.Conflict,
            $"{what} of source '{source.Name}' would change what materialized view '{reader.Spec.Name}' has counted",
            detail,
            "drop the view first, or create a source of another name");

    private async Task<string> AlterViewAsync(Statement.AlterView alter, CancellationToken cancellation)
    {
        var view = FindRunner(alter.Name);
        if (view is null || (alter.Database is not null && alter.Database != view.Spec.Database))
        {
            throw NoView(alter.Name);
        }

        RefuseWhileSucceeded(view.Spec.Name);
        var options = ViewOptionTable.Instance.Apply(alter.Options, view.Spec.Options);
        var spec = view.Spec with { Options = options };
        spec = spec with { Sql = DefinitionText.Print(spec) };
        await _definitions.PutAsync(spec, cancellation).ConfigureAwait(false);
        await RestartAsync(view, spec).ConfigureAwait(false);
        return $"altered materialized view {spec.Name}";
    }

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

    public Task PauseAsync(string name, CancellationToken cancellation) => ChangeAsync(name, async view =>
    {
        if (view.Error is not null)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{view.Spec.Name}' has stopped with an error",
                view.Error.Describe(), "resume it, or drop it");
        }

        await _definitions.PutAsync(view.Spec with { IsPaused = true }, cancellation).ConfigureAwait(false);
        view.Pause();
    }, cancellation);

    public Task ResumeAsync(string name, CancellationToken cancellation) => ChangeAsync(name, async view =>
    {
        var spec = view.Spec with { IsPaused = false };
        await _definitions.PutAsync(spec, cancellation).ConfigureAwait(false);
        view.Gate.Open();
        if (view.Error is not null)
        {
            await RestartAsync(view, spec).ConfigureAwait(false);
        }
    }, cancellation);

    public Task BackfillAsync(string name, CancellationToken cancellation) => ChangeAsync(name, async view =>
    {
        var plan = await PlanAsync(ViewText.Of(view.Spec), cancellation).ConfigureAwait(false);
        var inputs = await BeginAsync(plan, cancellation).ConfigureAwait(false);
        await ForgetSuccessorAsync(view.Spec.Name, cancellation).ConfigureAwait(false);
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
        await _definitions.PutSuccessorAsync(successor, cancellation).ConfigureAwait(false);
        Succeed(Launch(successor, plan));
    }, cancellation);

    public async Task<IReadOnlyList<string>> ExplainAsync(string name, CancellationToken cancellation)
    {
        var answer = await ReadAsync(new Statement.ExplainView(name.ToLowerInvariant(), null), cancellation)
            .ConfigureAwait(false);
        return [.. answer.Rows.Select(row => row[0]!)];
    }

    public string SubscribedBy(string sql) => StatementParser.Parse(sql) is not Statement.Subscribe subscribe
        ? throw new TarnException(ErrorKind.Invalid, "the statement is not SUBSCRIBE TO a view")
        : FindRunner(subscribe.Name) is { } view
            && (subscribe.Database is null || subscribe.Database == view.Spec.Database)
            ? subscribe.Name
            : throw NoView(subscribe.Name);

    private async Task ChangeAsync(string name, Func<ViewRunner, Task> change, CancellationToken cancellation)
    {
        await _statements.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ThrowUnlessStarted();
            await change(GetRunner(name)).ConfigureAwait(false);
        }
        finally
        {
            _statements.Release();
        }
    }

    private ViewStatus Status(ViewRunner view)
    {
        var status = view.Status();
        return _successors.GetValueOrDefault(view.Spec.Name)?.Status() is { } next
            ? status with { Backfill = new BackfillStatus(next.Records, next.LagMilliseconds, next.Error) }
            : status;
    }

    /// <summary>Lets a new version count until it may take the view's place.</summary>
    private void Succeed(ViewRunner successor)
    {
        _successors = _successors.SetItem(successor.Spec.Name, successor);
        _swaps = Task.WhenAll(_swaps, SwapAsync(successor));
    }

    private async Task SwapAsync(ViewRunner successor)
    {
        try
        {
            await successor.CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
            await ChangeAsync(successor.Spec.Name, async view =>
            {
                if (_successors.GetValueOrDefault(view.Spec.Name) == successor)
                {
                    await _definitions.SwapAsync(successor.Spec, CancellationToken.None).ConfigureAwait(false);
                    _views = _views.SetItem(view.Spec.Name, successor);
                    _successors = _successors.Remove(view.Spec.Name);
                    await RetireAsync(view).ConfigureAwait(false);
                }
            }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TarnException cause)
        {
            NotSwapped(successor.Spec.Name, cause.Message);
        }
    }

    private async Task ForgetSuccessorAsync(string name, CancellationToken cancellation)
    {
        if (_successors.GetValueOrDefault(name) is { } successor)
        {
            await _definitions.DeleteSuccessorAsync(name, cancellation).ConfigureAwait(false);
            _successors = _successors.Remove(name);
            await RetireAsync(successor).ConfigureAwait(false);
        }
    }

    private void RefuseWhileSucceeded(string name)
    {
        if (_successors.ContainsKey(name))
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{name}' is being counted anew",
                hint: "wait for the end of its backfill");
        }
    }

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

    [LoggerMessage(6002, LogLevel.Warning,
        "the new version of materialized view '{View}' is not in its place: {Reason}")]
    private partial void NotSwapped(string view, string reason);
}
