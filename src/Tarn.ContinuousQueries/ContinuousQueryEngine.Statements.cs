using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries;

/// <content>Statements.</content>
internal sealed partial class ContinuousQueryEngine
{
    public bool Handles(string sql) => StatementParser.Handles(sql);

    public async Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation)
    {
        var statement = StatementParser.Parse(sql);
        await _statements.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_started)
            {
                throw new TarnException(ErrorKind.Unavailable, "continuous queries are not running");
            }

            return statement switch
            {
                Statement.CreateSource create => await CreateSourceAsync(create, cancellation).ConfigureAwait(false),
                Statement.CreateView create =>
                    await CreateViewAsync(create, database, cancellation).ConfigureAwait(false),
                Statement.DropSource drop => await DropSourceAsync(drop, cancellation).ConfigureAwait(false),
                Statement.DropView drop => await DropViewAsync(drop, cancellation).ConfigureAwait(false),
                Statement.ShowSources => string.Join('\n', _sources.Keys),
                _ => string.Join('\n', _views.Values.Select(view => $"{view.Spec.Database}.{view.Spec.Name}")),
            };
        }
        finally
        {
            _statements.Release();
        }
    }

    private async Task<string> CreateSourceAsync(Statement.CreateSource create, CancellationToken cancellation)
    {
        if (_sources.TryGetValue(create.Name, out var known))
        {
            return known.Text == create.Text ? $"source {create.Name} is unchanged" : throw new TarnException(
                ErrorKind.AlreadyExists, $"source '{create.Name}' exists with another definition", known.Sql,
                "drop it and its views first, or choose another name");
        }

        if (_streams.Find(create.Stream) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"stream '{create.Stream}' of source '{create.Name}' does not exist",
                hint: Suggestion.Hint(create.Stream, _streams.List().Select(stream => stream.Name))
                    ?? "create the stream first");
        }

        var source = new SourceSpec(create.Name, create.Columns, create.Stream, create.Sql, create.Text);
        await _definitions.CreateAsync(source, cancellation).ConfigureAwait(false);
        _sources = _sources.Add(source.Name, source);
        return $"created source {source.Name}";
    }

    private async Task<string> CreateViewAsync(Statement.CreateView create, string database,
        CancellationToken cancellation)
    {
        database = (create.Database ?? database).ToLowerInvariant();
        if (FindRunner(create.Name) is { } known)
        {
            if (known.Spec.Text == create.Text && known.Spec.Database == database)
            {
                return await KeepAsync(known).ConfigureAwait(false);
            }

            if (!create.OrReplace)
            {
                throw new TarnException(
                    ErrorKind.AlreadyExists, $"materialized view '{create.Name}' exists with another definition",
                    known.Spec.Sql, "use CREATE OR REPLACE; it counts again from the stream's oldest record");
            }
        }

        SourceSpec? source = null;
        var plan = await _planner
            .PlanAsync(create.Select, name =>
                source = _sources.GetValueOrDefault(name), cancellation).ConfigureAwait(false);
        var stream = _streams.Find(source!.Stream) ?? throw new TarnException(
            ErrorKind.NotFound, $"stream '{source.Stream}' of source '{source.Name}' does not exist",
                hint: "create the stream first");
        var start = new Dictionary<string, ulong>();
        foreach (var shard in stream.Shards)
        {
            var oldest = await _streams
                .ResolveAsync(stream.Name, shard.ShardId, new StartPosition.TrimHorizon(),
                    cancellation).ConfigureAwait(false);
            start[shard.ShardId] = oldest.Value;
        }

        var view = new ViewSpec(
            _ids.Next().ToString("N", CultureInfo.InvariantCulture), create.Name, database, source.Name, create.Select,
            create.Sql, create.Text, plan.Columns, stream.Id, start);
        await _definitions.PutAsync(view, cancellation).ConfigureAwait(false);
        var replaced = FindRunner(view.Name);
        _views = _views.SetItem(view.Name, Launch(view, plan));
        if (replaced is not null)
        {
            await RetireAsync(replaced).ConfigureAwait(false);
        }

        return $"{(replaced is null ? "created" : "replaced")} materialized view {view.Name}";
    }

    /// <summary>The same definition again changes nothing, but one that has stopped is started again from its
    /// snapshot.</summary>
    private async Task<string> KeepAsync(Runtime.ViewRunner known)
    {
        if (known.Error is null)
        {
            return $"materialized view {known.Spec.Name} is unchanged";
        }

        await known.StopAsync().ConfigureAwait(false);
        _views = _views.SetItem(known.Spec.Name, Launch(known.Spec, plan: null));
        return $"resumed materialized view {known.Spec.Name}";
    }

    private async Task<string> DropSourceAsync(Statement.DropSource drop, CancellationToken cancellation)
    {
        if (!_sources.ContainsKey(drop.Name))
        {
            return drop.IfExists ? $"source {drop.Name} does not exist" : throw new TarnException(
                ErrorKind.NotFound, $"source '{drop.Name}' does not exist",
                    hint: Suggestion.Hint(drop.Name, _sources.Keys));
        }

        if (_views.Values.FirstOrDefault(view => view.Spec.Source == drop.Name) is { } reader)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"source '{drop.Name}' is read by materialized view '{reader.Spec.Name}'",
                hint: "drop the view first");
        }

        await _definitions.DeleteSourceAsync(drop.Name, cancellation).ConfigureAwait(false);
        _sources = _sources.Remove(drop.Name);
        return $"dropped source {drop.Name}";
    }

    private async Task<string> DropViewAsync(Statement.DropView drop, CancellationToken cancellation)
    {
        var view = FindRunner(drop.Name);
        if (view is null || (drop.Database is not null && drop.Database != view.Spec.Database))
        {
            return drop.IfExists ? $"materialized view {drop.Name} does not exist" : throw new TarnException(
                ErrorKind.NotFound, $"materialized view '{drop.Name}' does not exist",
                hint: Suggestion.Hint(drop.Name, _views.Keys));
        }

        await _definitions.DeleteViewAsync(drop.Name, cancellation).ConfigureAwait(false);
        _views = _views.Remove(drop.Name);
        await RetireAsync(view).ConfigureAwait(false);
        return $"dropped materialized view {drop.Name}";
    }

    private async Task RetireAsync(Runtime.ViewRunner view)
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
