using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Binding;
using Tarn.Query.Results;
using Tarn.Query.Workgroups;
using Tarn.Storage.Objects;

namespace Tarn.Query.Executions;

/// <summary>
/// <see cref="IQueries"/>. An execution is stored as Queued before its id is given out; from then on one task owns
/// it: it waits for its turn, runs, and stores how it ended.
/// </summary>
internal sealed partial class QueryExecutions(
    ExecutionStore store,
    ExecutionRunner runner,
    ResultFiles results,
    IWorkgroups workgroups,
    IObjectStore objects,
    QueryOptions options,
    TimeProvider clock,
    IdSource ids,
    ILogger<QueryExecutions> log) : IQueries, IHostedService, IDisposable
{
    private static readonly Dictionary<string, string> NoPaths = [];
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, RunningExecution> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(Math.Max(1, options.RunningMax));

    /// <summary>Executions that were under way when the server stopped are failed with the reason.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await store.ListOpenAsync(cancellationToken).ConfigureAwait(false))
        {
            await store.SaveAsync(
                record with
                {
                    Execution = record.Execution with
                    {
                        State = QueryState.Failed,
                        ErrorCode = "SERVER_RESTARTED",
                        StateChangeReason = "SERVER_RESTARTED: the server stopped while the query ran",
                        CompletedAt = clock.GetUtcNow(),
                    },
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var execution in _running.Values)
        {
            execution.Stop("the server stopped while the query ran");
        }

        await Task.WhenAll(
            _running.Values.Select(execution => execution.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<QueryExecution> StartAsync(QueryRequest request, CancellationToken cancellation)
    {
        var workgroup = await workgroups.FindAsync(request.Workgroup, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(ErrorKind.NotFound, $"workgroup '{request.Workgroup}' does not exist");
        var location = request.OutputLocation ?? workgroup.OutputLocation;
        var bucket = ObjectKey.Parse(location).Bucket;
        if (await objects.FindBucketAsync(bucket, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"bucket '{bucket}' of the output location '{location}' does not exist");
        }

        var created = ExecutionRecord.Of(new QueryExecution
        {
            Id = ids.Next().ToString(),
            Request = request,
            State = QueryState.Queued,
            StatementType = runner.StatementType(request.Sql),
            SubmittedAt = clock.GetUtcNow(),
        });
        var stored = await store.CreateAsync(created, cancellation).ConfigureAwait(false);
        if (stored != created)
        {
            return stored.Execution;
        }

        var running = new RunningExecution(stored);
        _running[stored.Execution.Id] = running;
        _ = Task.Run(() => OwnAsync(running, workgroup, location), CancellationToken.None);
        return stored.Execution;
    }

    public async Task<QueryExecution?> FindAsync(string id, CancellationToken cancellation)
    {
        if (_running.TryGetValue(id, out var running))
        {
            return running.Record.Execution;
        }

        return (await store.FindAsync(id, cancellation).ConfigureAwait(false))?.Execution;
    }

    public async Task<IReadOnlyList<QueryExecution>> ListAsync(
        string? workgroup, int countMax, CancellationToken cancellation) =>
        [.. (await store.ListAsync(workgroup, countMax, cancellation).ConfigureAwait(false))
            .Select(record => _running.TryGetValue(record.Execution.Id, out var running)
                ? running.Record.Execution
                : record.Execution)];

    public async Task<QueryExecution> WaitAsync(string id, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!_running.TryGetValue(id, out var running))
        {
            return (await RequireAsync(id, cancellation).ConfigureAwait(false)).Execution;
        }

        while (progress is not null && !running.Ended.IsCompleted)
        {
            await Task.WhenAny(running.Ended, Task.Delay(ProgressInterval, clock, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (running.Progress is { } done)
            {
                progress.Report(done);
            }
        }

        return await running.Ended.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async Task StopAsync(string id, CancellationToken cancellation)
    {
        if (_running.TryGetValue(id, out var running))
        {
            running.Stop(reason: null);
            await running.Ended.WaitAsync(cancellation).ConfigureAwait(false);
            return;
        }

        await RequireAsync(id, cancellation).ConfigureAwait(false);
    }

    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var id in _running.Keys)
        {
            await StopAsync(id, cancellation).ConfigureAwait(false);
        }

        await store.ClearAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<ResultPage> ReadAsync(string id, long firstRow, int rowsMax, CancellationToken cancellation)
    {
        var record = _running.TryGetValue(id, out var running)
            ? running.Record
            : await RequireAsync(id, cancellation).ConfigureAwait(false);
        if (record.Execution.State != QueryState.Succeeded)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"query execution '{id}' has no result: it is {record.Execution.State.ToString().ToLowerInvariant()}",
                record.Execution.StateChangeReason);
        }

        if (firstRow < 0 || rowsMax is < 1 or > 1000)
        {
            throw new TarnException(ErrorKind.Invalid, "a page is of 1 to 1,000 rows, from row 0 on");
        }

        return await results.ReadAsync(record, firstRow, rowsMax, cancellation).ConfigureAwait(false);
    }

    public async Task<ScanEstimate> EstimateAsync(QueryRequest request, CancellationToken cancellation) =>
        await runner.EstimateAsync(request, cancellation).ConfigureAwait(false) ?? new ScanEstimate(0, 0, 0);

    public void Dispose() => _slots.Dispose();

    private async Task<ExecutionRecord> RequireAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation).ConfigureAwait(false)
        ?? throw new TarnException(ErrorKind.NotFound, $"query execution '{id}' does not exist");

    /// <summary>The life of one execution, to its stored end.</summary>
    private async Task OwnAsync(RunningExecution running, Workgroup workgroup, string location)
    {
        try
        {
            await RunAsync(running, workgroup, location).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End(
                running,
                running.StopReason is null ? QueryState.Cancelled : QueryState.Failed,
                null,
                running.StopReason ?? "the query was cancelled");
        }
        catch (TarnException failure)
        {
            var (code, reason) = QueryFailure.Describe(failure, NoPaths);
            End(running, QueryState.Failed, code, reason);
        }
#pragma warning disable CA1031 // whatever breaks a query fails that query, not the server
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogBroken(failure, running.Record.Execution.Id);
            End(running, QueryState.Failed, "GENERIC_INTERNAL_ERROR", $"GENERIC_INTERNAL_ERROR: {failure.Message}");
        }

        await FinishAsync(running).ConfigureAwait(false);
    }

    private async Task RunAsync(RunningExecution running, Workgroup workgroup, string location)
    {
        var request = running.Record.Execution.Request;
        await _slots.WaitAsync(running.Cancellation).ConfigureAwait(false);
        try
        {
            var start = clock.GetTimestamp();
            var (estimate, run) = await runner.PrepareAsync(
                request, workgroup, running.Cancellation).ConfigureAwait(false);
            Update(running, execution => execution with { State = QueryState.Running, Estimate = estimate });
            await store.SaveAsync(running.Record, CancellationToken.None).ConfigureAwait(false);
            var context = new RunContext(running.Record.Execution.Id, location, running.Started);
            var outcome = await run(context, running.Cancellation).ConfigureAwait(false);
            Update(running, execution => execution with
            {
                State = outcome.Result is null ? QueryState.Failed : QueryState.Succeeded,
                ErrorCode = outcome.ErrorCode,
                StateChangeReason = outcome.Reason,
                ScannedBytes = outcome.ScannedBytes,
                EngineMilliseconds = (long)clock.GetElapsedTime(start).TotalMilliseconds,
                ResultLocation = outcome.Result?.Location,
                RowCount = outcome.Result?.Rows ?? 0,
                CompletedAt = clock.GetUtcNow(),
            });
            if (outcome.Result is { } result)
            {
                running.Record = running.Record with
                {
                    Columns = result.Columns, PageRows = result.PageRows, PageOffsets = result.PageOffsets,
                };
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    private void End(RunningExecution running, QueryState state, string? code, string reason) =>
        Update(running, execution => execution with
        {
            State = state, ErrorCode = code, StateChangeReason = reason, CompletedAt = clock.GetUtcNow(),
        });

    private static void Update(RunningExecution running, Func<QueryExecution, QueryExecution> change) =>
        running.Record = running.Record with { Execution = change(running.Record.Execution) };

    private async Task FinishAsync(RunningExecution running)
    {
        var execution = running.Record.Execution;
        try
        {
            await store.SaveAsync(running.Record, CancellationToken.None).ConfigureAwait(false);
            LogEnded(execution.Id, execution.State, execution.ScannedBytes, execution.EngineMilliseconds);
        }
        catch (TarnException failure)
        {
            // The stored state stays Running and becomes Failed at the next start; readers of this one still see its
            // end.
            LogUnsaved(failure, execution.Id);
        }
        finally
        {
            running.End(execution);
            _running.TryRemove(execution.Id, out _);
            running.Dispose();
        }
    }

    [
        LoggerMessage(
            1, LogLevel.Information, "query {Id} ended {State}: {ScannedBytes} bytes scanned, {Milliseconds} ms")]
    private partial void LogEnded(string id, QueryState state, long scannedBytes, long milliseconds);

    [LoggerMessage(2, LogLevel.Error, "query {Id} broke")]
    private partial void LogBroken(Exception failure, string id);

    [LoggerMessage(3, LogLevel.Error, "the end of query {Id} could not be stored")]
    private partial void LogUnsaved(Exception failure, string id);
}
