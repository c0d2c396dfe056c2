using System.Globalization;
using Tarn.ContinuousQueries.Answers;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Formats;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;
using Tarn.Query.Statements;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries;

/// <content>Statements.</content>
internal sealed partial class ContinuousQueryEngine
{
    public bool Handles(string sql) => StatementParser.Handles(sql);

    public bool GivesRows(string sql) => StatementParser.GivesRows(sql);

    public async Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation)
    {
        var statement = StatementParser.Parse(sql);
        if (statement.GivesRows)
        {
            var answer = await ReadAsync(statement, cancellation).ConfigureAwait(false);
            return string.Join('\n', answer.Rows.Select(row => string.Join('\t', row)));
        }

        await _statements.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ThrowUnlessStarted();
            return statement switch
            {
                Statement.CreateSource create => await CreateSourceAsync(create, cancellation).ConfigureAwait(false),
                Statement.AlterSource alter => await AlterSourceAsync(alter, cancellation).ConfigureAwait(false),
                Statement.DropSource drop => await DropSourceAsync(drop, cancellation).ConfigureAwait(false),
                Statement.CreateView create =>
                    await CreateViewAsync(create, database, cancellation).ConfigureAwait(false),
                Statement.AlterView alter => await AlterViewAsync(alter, cancellation).ConfigureAwait(false),
                Statement.CreateAlert create =>
                    await _alerts.CreateAsync(create, cancellation).ConfigureAwait(false),
                Statement.DropAlert drop => await _alerts.DropAsync(drop, cancellation).ConfigureAwait(false),
                Statement.CreateSink create =>
                    await _sinkStatements.CreateAsync(create, cancellation).ConfigureAwait(false),
                Statement.DropSink drop => await _sinkStatements.DropAsync(drop, cancellation).ConfigureAwait(false),
                Statement.DropView drop => await DropViewAsync(drop, cancellation).ConfigureAwait(false),
                _ => throw new TarnException(
                    ErrorKind.Unsupported, "SUBSCRIBE TO gives changes for as long as it runs, which no result holds",
                    hint: "run it with 'tarn sql', or read the view as a table"),
            };
        }
        finally
        {
            _statements.Release();
        }
    }

    public Task<StatementRows> ReadAsync(string sql, string database, CancellationToken cancellation) =>
        ReadAsync(StatementParser.Parse(sql), cancellation);

    private Task<StatementRows> ReadAsync(Statement statement, CancellationToken cancellation)
    {
        ThrowUnlessStarted();
        return statement.AsksOfAlerts
            ? Task.FromResult(_alerts.Read(statement))
            : SinkStatements.Answers(statement) ? _sinkStatements.ReadAsync(statement, cancellation)
            : new StatementAnswers(_sources, _views, Status, PlanAsync, _options).ReadAsync(statement, cancellation);
    }

    private async Task<string> CreateSourceAsync(Statement.CreateSource create, CancellationToken cancellation)
    {
        var source = create.Source;
        if (_sources.TryGetValue(source.Name, out var known))
        {
            if (known.Text == source.Text)
            {
                return $"source {source.Name} is unchanged";
            }

            return create.IfNotExists ? $"source {source.Name} exists"
                : create.OrReplace ? await ChangeSourceAsync(known, source, "replaced", cancellation)
                    .ConfigureAwait(false)
                : throw new TarnException(
                    ErrorKind.AlreadyExists, $"source '{source.Name}' exists with another definition", known.Sql,
                    "use CREATE OR REPLACE SOURCE, or choose another name");
        }

        CheckRecords(source);
        await _definitions.CreateAsync(source, cancellation).ConfigureAwait(false);
        _sources = _sources.Add(source.Name, source);
        return $"created source {source.Name}";
    }

    /// <summary>Refuses a stream that is not there, and columns that its records cannot have.</summary>
    private void CheckRecords(SourceSpec source)
    {
        _ = new SourceReader(source);
        if (_streams.Find(source.Stream) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"stream '{source.Stream}' of source '{source.Name}' does not exist",
                hint: Suggestion.Hint(source.Stream, _streams.List().Select(stream => stream.Name))
                    ?? "create the stream first");
        }
    }

    private async Task<string> CreateViewAsync(Statement.CreateView create, string database,
        CancellationToken cancellation)
    {
        database = (create.Database ?? database).ToLowerInvariant();
        _sinkStatements.RefuseName(create.Name);
        var known = FindRunner(create.Name);
        if (known is not null && create.IfNotExists)
        {
            return $"materialized view {create.Name} exists";
        }

        var inlined = new SortedDictionary<string, InlinedView>(StringComparer.Ordinal);
        ViewPlan? plan = null;
        if (known is null || create.OrReplace)
        {
            plan = await PlanAsync(
                new ViewText(create.Select, create.EmitsOnClose, create.Options), inlined, cancellation)
                .ConfigureAwait(false);
            RefuseItself(create.Name, inlined);
        }

        if (known is not null && await KeepAsync(create, database, known, inlined.Values, cancellation)
            .ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        if (plan is null)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists, $"materialized view '{create.Name}' exists with another definition",
                known?.Spec.Sql, "use CREATE OR REPLACE; it counts again from the stream's oldest record");
        }

        await _alerts.CheckColumnsAsync(create.Name, plan.Columns, cancellation).ConfigureAwait(false);
        var inputs = await BeginAsync(plan, create.Options, cancellation).ConfigureAwait(false);
        var view = new ViewSpec(
            _ids.Next().ToString("N", CultureInfo.InvariantCulture), create.Name, database, inputs[0].Source,
            create.Select, create.Sql, create.Text, plan.Columns, inputs[0].StreamId, inputs[0].Start)
        {
            OtherInputs = inputs[1..],
            EmitsOnClose = create.EmitsOnClose,
            Options = create.Options,
            Inlined = [.. inlined.Values],
        };
        if (known is not null)
        {
            await _successors.BeginAsync(known.Spec, view, cancellation).ConfigureAwait(false);
            return $"replacing materialized view {view.Name}: the new version counts beside it and takes its place"
                + " when it has caught up, see tarn query ls";
        }

        await _definitions.PutAsync(view, cancellation).ConfigureAwait(false);
        _views = _views.SetItem(view.Name, Launch(view, plan));
        return $"created materialized view {view.Name}";
    }

    private static void RefuseItself(string name, SortedDictionary<string, InlinedView> inlined)
    {
        if (inlined.ContainsKey(name))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"materialized view '{name}' would read itself",
                hint: "give the new view another name, or write out what it read");
        }
    }

    private async Task<List<ViewInputSpec>> BeginAsync(
        ViewPlan plan, ViewOptions options, CancellationToken cancellation)
    {
        var inputs = new List<ViewInputSpec>();
        foreach (var source in plan.Sources)
        {
            if (options.Backfill == BackfillFrom.Lake)
            {
                await HistoryFill.OpenAsync(_history, source, cancellation).ConfigureAwait(false);
            }

            inputs.Add(await BeginAsync(source, cancellation).ConfigureAwait(false));
        }

        return inputs;
    }

    /// <summary>The source's stream, and per shard the first record that it still has.</summary>
    private async Task<ViewInputSpec> BeginAsync(
        SourceSpec source, CancellationToken cancellation)
    {
        var stream = _streams.Find(source.Stream) ?? throw new TarnException(
            ErrorKind.NotFound, $"stream '{source.Stream}' of source '{source.Name}' does not exist",
            hint: "create the stream first");
        var start = new Dictionary<string, ulong>();
        foreach (var shard in stream.Shards)
        {
            var oldest = await _streams
                .ResolveAsync(stream.Name, shard.ShardId, new StartPosition.TrimHorizon(), cancellation)
                .ConfigureAwait(false);
            start[shard.ShardId] = oldest.Value;
        }

        return new ViewInputSpec(source.Name, stream.Id, start);
    }

    private async Task<string> DropSourceAsync(Statement.DropSource drop, CancellationToken cancellation)
    {
        if (!_sources.ContainsKey(drop.Name))
        {
            return drop.IfExists ? $"source {drop.Name} does not exist" : throw NoSource(drop.Name);
        }

        if (Readers(drop.Name).FirstOrDefault() is { } reader)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"source '{drop.Name}' is read by {WhatIs(reader)}",
                hint: $"drop the {(_sinks.Find(reader.Spec.Name) is null ? "view" : "sink")} first");
        }

        _successors.RefuseWhileRead(drop.Name);
        await _definitions.DeleteSourceAsync(drop.Name, cancellation).ConfigureAwait(false);
        _sources = _sources.Remove(drop.Name);
        return $"dropped source {drop.Name}";
    }

    private async Task<string> DropViewAsync(Statement.DropView drop, CancellationToken cancellation)
    {
        var view = FindRunner(drop.Name);
        if (view is null || (drop.Database is not null && drop.Database != view.Spec.Database))
        {
            return drop.IfExists ? $"materialized view {drop.Name} does not exist" : throw NoView(drop.Name);
        }

        _alerts.CheckDrop(drop.Name);
        _sinkStatements.RefuseWhileRead(drop.Name, "dropped");
        await _successors.ForgetAsync(drop.Name, cancellation).ConfigureAwait(false);
        await _definitions.DeleteViewAsync(drop.Name, cancellation).ConfigureAwait(false);
        _views = _views.Remove(drop.Name);
        await RetireAsync(view).ConfigureAwait(false);
        return $"dropped materialized view {drop.Name}";
    }

    private void ThrowUnlessStarted()
    {
        if (!_started)
        {
            throw new TarnException(ErrorKind.Unavailable, "continuous queries are not running");
        }
    }

    private TarnException NoSource(string name) => new(
        ErrorKind.NotFound, $"source '{name}' does not exist", hint: Suggestion.Hint(name, _sources.Keys));

    private TarnException NoView(string name) => new(
        ErrorKind.NotFound, $"materialized view '{name}' does not exist", hint: Suggestion.Hint(name, _views.Keys));
}
