using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.ContinuousQueries.Statements;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>The sinks of this lake. What changes it is called one at a time; readers see the whole list that was.
/// </summary>
internal sealed partial class SinkList(
    DefinitionStore definitions, IEnumerable<ISinkTarget> targets, IStreams streams, IDuckDb duckDb, LakeReader lake,
    Func<string, SourceSpec?> findSource, ContinuousQueriesOptions options, TimeProvider time, IdSource ids,
    ILogger logger)
{
    private readonly Dictionary<SinkTargetKind, ISinkTarget> _targets = targets.ToDictionary(target => target.Kind);
    private ImmutableSortedDictionary<string, SinkRunner> _sinks = ImmutableSortedDictionary.Create<string,
        SinkRunner>(StringComparer.Ordinal);

    public IEnumerable<SinkRunner> All => _sinks.Values;

    public SinkRunner? Find(string name) => _sinks.GetValueOrDefault(name);

    public SinkRunner Get(string name) => Find(name) ?? throw new TarnException(
        ErrorKind.NotFound, $"sink '{name}' does not exist", hint: Suggestion.Hint(name, _sinks.Keys));

    /// <param name="makePlan">Plans a SELECT by the sources and views as they are when it is called.</param>
    public async Task StartAsync(
        Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan, CancellationToken cancellation)
    {
        foreach (var sink in await definitions.ListSinksAsync(cancellation).ConfigureAwait(false))
        {
            _sinks = _sinks.Add(sink.Name, Launch(sink, Epochs(sink), makePlan));
        }
    }

    public Task StopAsync() => Task.WhenAll(_sinks.Values.Select(sink => sink.StopAsync()));

    /// <summary>The sink as it would be, checked with its target, which is made where the options say so.</summary>
    public async Task<SinkSpec> PrepareAsync(
        Statement.CreateSink create, ViewSpec view, ViewPlan plan, CancellationToken cancellation)
    {
        if (SinkRows.FormOf(plan) is null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"a sink of materialized view '{view.Name}' is not supported: which of its rows changed cannot be told",
                "its rows are computed again as a whole when it is read",
                "GROUP BY with all its keys in the SELECT and without HAVING or LIMIT, or EMIT ON WINDOW CLOSE");
        }

        var sink = Draft(create, view, plan);
        sink = sink with
        {
            Query = sink.Query with { Id = ids.Next().ToString("N", CultureInfo.InvariantCulture) },
        };
        RefuseLoop(sink, plan);
        var target = _targets.GetValueOrDefault(sink.Target.Kind) ?? throw new TarnException(
            ErrorKind.Unsupported, $"a sink into a {sink.Target.Kind.ToString().ToLowerInvariant()} is not supported");
        await target.PrepareAsync(sink, plan, cancellation).ConfigureAwait(false);
        return sink;
    }

    /// <summary>Without an id.</summary>
    public static SinkSpec Draft(Statement.CreateSink create, ViewSpec view, ViewPlan plan) => new(
        create.Name, view with { Id = "", Name = create.Name, Columns = plan.Columns, IsPaused = false },
        view.Name, create.Target, create.Sql, create.Text) { Options = create.Options };

    /// <summary>Begins with the state that the view has.</summary>
    public async Task CreateAsync(
        SinkSpec sink, SnapshotHeader header, FrozenView state,
        Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan, CancellationToken cancellation)
    {
        var epochs = Epochs(sink);
        epochs.Begin(header, state);
        await definitions.PutAsync(sink, cancellation).ConfigureAwait(false);
        _sinks = _sinks.Add(sink.Name, Launch(sink, epochs, makePlan));
    }

    public async Task DropAsync(SinkRunner sink, CancellationToken cancellation)
    {
        await definitions.DeleteSinkAsync(sink.Spec.Name, cancellation).ConfigureAwait(false);
        _sinks = _sinks.Remove(sink.Spec.Name);
        await sink.StopAsync().ConfigureAwait(false);
        try
        {
            await _targets[sink.Spec.Target.Kind].ForgetAsync(sink.Spec, cancellation).ConfigureAwait(false);
            sink.Loop.DeleteFiles();
        }
        catch (Exception cause) when (cause is IOException or TarnException)
        {
            NotRemoved(sink.Spec.Name, cause.Message);
        }
    }

    public async Task PauseAsync(SinkRunner sink, CancellationToken cancellation)
    {
        if (sink.Loop.Error is { } error)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"sink '{sink.Spec.Name}' has stopped with an error", error.Describe(),
                "resume it, or drop it");
        }

        await PutAsync(sink, isPaused: true, cancellation).ConfigureAwait(false);
        sink.Loop.Pause();
    }

    public async Task ResumeAsync(
        SinkRunner sink, Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan, CancellationToken cancellation)
    {
        await PutAsync(sink, isPaused: false, cancellation).ConfigureAwait(false);
        sink.Loop.Gate.Open();
        if (sink.Loop.Error is not null)
        {
            await RestartAsync(sink, makePlan).ConfigureAwait(false);
        }
    }

    /// <summary>Stops a sink and starts it from its snapshot.</summary>
    public async Task RestartAsync(SinkRunner sink, Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan)
    {
        await sink.StopAsync().ConfigureAwait(false);
        var spec = sink.Spec;
        _sinks = _sinks.SetItem(spec.Name, Launch(spec, Epochs(spec), makePlan));
    }

    private Task PutAsync(SinkRunner sink, bool isPaused, CancellationToken cancellation) => definitions.PutAsync(
        sink.Spec with { Query = sink.Spec.Query with { IsPaused = isPaused } }, cancellation);

    private SinkEpochs Epochs(SinkSpec sink) =>
        new(sink, _targets[sink.Target.Kind], duckDb, options, time, logger);

    private SinkRunner Launch(
        SinkSpec sink, SinkEpochs epochs, Func<ViewSpec, CancellationToken, Task<ViewPlan>> makePlan)
    {
        var loop = new ViewRunner(
            sink.Query, sink.Id, cancellation => makePlan(sink.Query, cancellation), streams, new NoRecordHistory(),
            duckDb, lake, epochs, options, time, logger);
        loop.Start();
        return new SinkRunner(sink, loop, epochs, time);
    }

    /// <summary>Records that a sink puts into a stream must not come back to it, over other sinks neither.</summary>
    private void RefuseLoop(SinkSpec sink, ViewPlan plan)
    {
        var sources = plan.Sources.Select(source => source.Stream).ToHashSet(StringComparer.Ordinal);
        var reached = new Queue<string>(sink.Target.Kind == SinkTargetKind.Stream ? [sink.Target.Name] : []);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reached.TryDequeue(out var stream))
        {
            if (sources.Contains(stream))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"sink '{sink.Name}' would read what it puts into stream '{sink.Target.Name}'",
                    stream == sink.Target.Name ? null : $"it comes back to it in stream '{stream}'",
                    "use another stream");
            }

            if (seen.Add(stream))
            {
                foreach (var other in All.Where(other => other.Spec.Target.Kind == SinkTargetKind.Stream
                    && other.Spec.Query.Inputs().Any(input => findSource(input.Source)?.Stream == stream)))
                {
                    reached.Enqueue(other.Spec.Target.Name);
                }
            }
        }
    }

    [LoggerMessage(6501, LogLevel.Warning, "what the dropped sink '{Sink}' left was not removed: {Reason}")]
    private partial void NotRemoved(string sink, string reason);
}
