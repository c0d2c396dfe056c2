using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Alerts;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.Statements;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Succession;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.DuckDb;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Storage.Metadata;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.ContinuousQueries;

/// <summary>
/// The sources, views and sinks of this lake. Statements run one at a time; readers see sources and views as whole
/// dictionaries that are replaced. Views live from <see cref="StartAsync"/> to <see cref="StopAsync"/>.
/// </summary>
internal sealed partial class ContinuousQueryEngine
    : IContinuousQueries, IConsumerPositions, ITableSource, IStatementHandler, IViewPlaces, IHostedService, IDisposable
{
    private readonly DefinitionStore _definitions;
    private readonly IStreams _streams;
    private readonly IDuckDb _duckDb;
    private readonly LakeReader _lake;
    private readonly ViewPlanner _planner;
    private readonly IRecordHistory _history;
    private readonly ContinuousQueriesOptions _options;
    private readonly TimeProvider _time;
    private readonly IdSource _ids;
    private readonly ILogger<ContinuousQueryEngine> _logger;
    private readonly AlertBoard _alerts;
    private readonly SinkList _sinks;
    private readonly SinkStatements _sinkStatements;
    private readonly SemaphoreSlim _statements = new(1, 1);
    private readonly ViewSuccessors _successors;
    private ImmutableSortedDictionary<string, SourceSpec> _sources = ImmutableSortedDictionary.Create<string,
        SourceSpec>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, ViewRunner> _views = ImmutableSortedDictionary.Create<string,
        ViewRunner>(StringComparer.Ordinal);
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    public ContinuousQueryEngine(
        IMetadataStore metadata, IStreams streams, IStreamFigures figures, LakeReader lake, IWebhooks webhooks,
        IRecordHistory history, IEnumerable<ISinkTarget> targets, ContinuousQueriesOptions options, TimeProvider time,
        IdSource ids, ILogger<ContinuousQueryEngine> logger)
    {
        _definitions = new DefinitionStore(metadata);
        _streams = streams;
        _lake = lake;
        _history = history;
        _options = options;
        _time = time;
        _ids = ids;
        _logger = logger;

        // An instance of its own keeps live ticks away from heavy queries; one thread, as batches are small and views
        // are many.
        _duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [],
            TempDirectory = options.SpillDirectory,
            MemoryBytesMax = options.DuckDbMemoryBytesMax,
            Threads = 1,
        });
        _planner = new ViewPlanner(_duckDb, DescribeAsync);
        _successors = new ViewSuccessors(this, _definitions, streams, figures, time, logger);
        _alerts = new AlertBoard(
            new AlertStore(metadata), new NoticeSender(webhooks, streams), FindRunner, () => _views.Keys, _duckDb,
            options, time, ids, logger);
        _sinks = new SinkList(
            _definitions, targets, streams, _duckDb, lake, name => _sources.GetValueOrDefault(name), options, time,
            ids, logger);
        _sinkStatements = new SinkStatements(_sinks, FindRunner, MakePlanAsync, options);
        _successors.Add(_sinkStatements);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var sources = await _definitions.ListSourcesAsync(cancellationToken).ConfigureAwait(false);
        _sources = _sources.AddRange(sources.Select(source => KeyValuePair.Create(source.Name, source)));
        foreach (var view in await _definitions.ListViewsAsync(cancellationToken).ConfigureAwait(false))
        {
            _views = _views.Add(view.Name, Launch(view, plan: null));
        }

        await _sinks.StartAsync(MakePlanAsync, cancellationToken).ConfigureAwait(false);
        _started = true;
        _listed.SetResult();
        foreach (var successor in await _definitions.ListSuccessorsAsync(cancellationToken).ConfigureAwait(false))
        {
            _successors.Resume(successor);
        }

        await _alerts.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _statements.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _started = false;
            await _alerts.StopAsync().ConfigureAwait(false);
            await Task.WhenAll(
                _views.Values.Concat(_successors.All).Select(view => view.StopAsync()).Append(_sinks.StopAsync()))
                .ConfigureAwait(false);
        }
        finally
        {
            _statements.Release();
        }

        await _successors.Ended.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _statements.Dispose();
        _duckDb.Dispose();
    }

    /// <summary>New versions of views, which are not read yet.</summary>
    internal ViewSuccessors Successors => _successors;

    /// <summary>Sources by name.</summary>
    internal ImmutableSortedDictionary<string, SourceSpec> SourceSpecs => _sources;

    /// <summary>Views by name.</summary>
    internal IEnumerable<ViewRunner> Runners => _views.Values;

    public IReadOnlyList<ViewStatus> List() => [.. _views.Values.Select(Status)];

    public ViewStatus? Find(string name) => FindRunner(name) is { } view ? Status(view) : null;

    public IReadOnlyList<SinkStatus> ListSinks() => [.. _sinks.All.Select(sink => sink.Status())];

    public async Task CatchUpAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            var view = GetRunner(name);
            try
            {
                await view.CatchUpAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (TarnException) when (IsReplaced(view))
            {
                // The new version took its place meanwhile, and has counted more.
            }
        }
    }

    public IAsyncEnumerable<ViewChanges> SubscribeAsync(
        string name, TimeSpan interval, ViewPosition? since, CancellationToken cancellation)
    {
        _ = GetRunner(name);
        return new ViewSubscription(name, interval, since, FindRunner, _time).ReadAsync(cancellation);
    }

    IReadOnlyList<ConsumerPosition> IConsumerPositions.List() =>
        [.. _views.Values.Concat(_sinks.All.Select(sink => sink.Loop)).SelectMany(view => view.Positions())];

    IReadOnlyList<TableName> ITableSource.List() =>
        [.. _views.Values.Select(view => new TableName(view.Spec.Database, view.Spec.Name))];

    async ValueTask<INativeTable?> ITableSource.OpenAsync(TableName name, CancellationToken cancellation)
    {
        while (FindIn(name.Database, name.Name) is { } view)
        {
            try
            {
                return await view.OpenAsync(cancellation).ConfigureAwait(false);
            }
            catch (TarnException) when (IsReplaced(view))
            {
                // Read the one that took its place meanwhile.
            }
        }

        return FindBeside(name, SideTable.LateSuffix) is { } late ? SideTable.OfLate(late.LateRecords)
            : FindBeside(name, SideTable.ErrorsSuffix) is { } failing ? SideTable.OfErrors(failing.BadRecords)
            : null;
    }

    private bool IsReplaced(ViewRunner view) =>
        view.IsStopping && FindRunner(view.Spec.Name) is { } next && next != view;

    private ViewRunner? FindIn(string database, string name) =>
        FindRunner(name) is { } view && view.Spec.Database.Equals(database, StringComparison.OrdinalIgnoreCase)
            ? view : null;

    private ViewRunner? FindBeside(TableName name, string suffix) =>
        name.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            ? FindIn(name.Database, name.Name[..^suffix.Length]) : null;

    /// <summary>The view that now has the name, or null.</summary>
    internal ViewRunner? FindRunner(string name) => _views.GetValueOrDefault(name.ToLowerInvariant());

    internal SinkRunner? FindSink(string name) => _sinks.Find(name.ToLowerInvariant());

    /// <summary>Plans a SELECT over other views as they are now, or as they will be when they are replaced.</summary>
    /// <param name="inlined">Gets the views that it reads.</param>
    private Task<ViewPlan> PlanAsync(
        ViewText view, IDictionary<string, InlinedView> inlined, CancellationToken cancellation) => _planner.PlanAsync(
            view, name => _sources.GetValueOrDefault(name), name => FindInlined(name, inlined), cancellation);

    /// <summary>Plans a view that is there, over its own copies of the views that it reads.</summary>
    private Task<ViewPlan> PlanAsync(ViewSpec view, Func<string, SourceSpec?> findSource,
        CancellationToken cancellation) => _planner.PlanAsync(
            ViewText.Of(view),
            findSource,
            name => view.Inlined is { } own
                ? own.FirstOrDefault(inlined => inlined.Name == name) : FindInlined(name, null),
            cancellation);

    /// <param name="view">The view that the text belongs to; null: it is new.</param>
    private Task<ViewPlan> PlanAsync(ViewText text, ViewSpec? view, CancellationToken cancellation) =>
        view is not null
            ? PlanAsync(view, name => _sources.GetValueOrDefault(name), cancellation)
            : PlanAsync(text, new Dictionary<string, InlinedView>(), cancellation);

    private InlinedView? FindInlined(string name, IDictionary<string, InlinedView>? inlined)
    {
        if ((_successors.Find(name) ?? FindRunner(name))?.Spec is not { } view)
        {
            return null;
        }

        var found = InlinedView.Of(view);
        if (inlined is not null)
        {
            inlined[name] = found;
        }

        return found;
    }

    /// <summary>Of a view what its definition says: it may not have begun yet.</summary>
    private async Task<IReadOnlyList<DuckDbColumn>> DescribeAsync(TableName name, CancellationToken cancellation) =>
        FindIn(name.Database, name.Name) is { } view
            ? [.. view.Spec.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))]
            : await _lake.DescribeAsync(name, cancellation).ConfigureAwait(false);

    private async Task<ViewPlan> MakePlanAsync(ViewSpec view, CancellationToken cancellation)
    {
        await _listed.Task.WaitAsync(cancellation).ConfigureAwait(false);
        return await PlanAsync(view, name => _sources.GetValueOrDefault(name), cancellation).ConfigureAwait(false);
    }

    private ViewRunner GetRunner(string name) => FindRunner(name) ?? throw new TarnException(
        ErrorKind.NotFound, $"materialized view '{name}' does not exist", hint: Suggestion.Hint(name, _views.Keys));

    private string NewIncarnation() => _ids.Next().ToString("N", CultureInfo.InvariantCulture)[16..];

    private ViewRunner Launch(ViewSpec view, ViewPlan? plan)
    {
        var snapshots = new ViewSnapshots(view, _options, _time, _logger);
        var runner = new ViewRunner(
            view, NewIncarnation(), PlanOnceListedAsync, _streams, _history, _duckDb, _lake, snapshots, _options,
            _time, _logger);
        runner.Start();
        return runner;

        async Task<ViewPlan> PlanOnceListedAsync(CancellationToken cancellation)
        {
            await _listed.Task.WaitAsync(cancellation).ConfigureAwait(false);
            return plan ?? await MakePlanAsync(view, cancellation).ConfigureAwait(false);
        }
    }
}
