using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Results;
using Tarn.Query.Workgroups;
using Tarn.Query.Writing.Commits;
using Tarn.Storage.Objects;

namespace Tarn.Query.Executions;

/// <summary>
/// <see cref="IQueries"/>. An execution is stored as Queued before its id is given out; from then on one task owns
/// it: it waits for its turn, runs, and stores how it ended.
/// </summary>
internal sealed class QueryExecutions(
    ExecutionStore store,
    ExecutionRunner runner,
    ExecutionLife life,
    ScanLedger ledger,
    FairQueue queue,
    ResultFiles results,
    IWorkgroups workgroups,
    ResultPlaces places,
    IObjectStore objects,
    WriteRecovery recovery,
    QueryOptions options,
    TimeProvider clock,
    IdSource ids) : IQueries, IHostedService
{
    private const int ForgottenAtOnce = 500;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, RunningExecution> _running = new(StringComparer.Ordinal);

    /// <summary>
    /// Executions that were under way when the server stopped are failed with the reason, but for those whose rows were
    /// committed: they succeeded. What the others wrote is removed.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var committed = await recovery.RunAsync(cancellationToken).ConfigureAwait(false);
        foreach (var record in await store.ListOpenAsync(cancellationToken).ConfigureAwait(false))
        {
            var ended = committed.TryGetValue(record.Execution.Id, out var write)
                ? WriteRuns.Ended(record, write)
                : record with
                {
                    Execution = record.Execution with
                    {
                        State = QueryState.Failed,
                        ErrorCode = "SERVER_RESTARTED",
                        StateChangeReason = "SERVER_RESTARTED: the server stopped while the query ran",
                    },
                };
            await store.SaveAsync(
                ended with { Execution = ended.Execution with { CompletedAt = clock.GetUtcNow() } },
                scan: null,
                cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var execution in _running.Values)
        {
            execution.Stop(new TarnException(
                ErrorKind.Unavailable, "the server stopped while the query ran") { Code = "SERVER_RESTARTED" });
        }

        await Task.WhenAll(
            _running.Values.Select(execution => execution.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<QueryExecution> StartAsync(QueryRequest request, CancellationToken cancellation)
    {
        var workgroup = await workgroups.FindAsync(request.Workgroup, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(ErrorKind.NotFound, $"workgroup '{request.Workgroup}' does not exist");
        if (!workgroup.IsEnabled)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"workgroup '{workgroup.Name}' is disabled",
                hint: "enable it, or use another workgroup");
        }

        var location = workgroup.IsEnforced
            ? workgroup.OutputLocation
            : request.OutputLocation ?? workgroup.OutputLocation;
        if (location != workgroup.OutputLocation)
        {
            await places.RequireOwnAsync(workgroup.Name, [location], cancellation).ConfigureAwait(false);
        }

        await RequireBucketAsync(location, cancellation).ConfigureAwait(false);
        if (!queue.HasRoom(workgroup.Name))
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"workgroup '{workgroup.Name}' has {options.WaitingMax} queries that wait already",
                hint: "start it again when some have ended") { Code = "CONCURRENT_QUERY_LIMIT_EXCEEDED" };
        }

        var kind = runner.KindOf(request.Sql);
        var created = ExecutionRecord.Of(new QueryExecution
        {
            Id = ids.Next().ToString(),
            Request = request,
            State = QueryState.Queued,
            StatementType = kind.Type,
            SubstatementType = kind.Substatement,
            SubmittedAt = clock.GetUtcNow(),
        });
        var stored = await store.CreateAsync(created, cancellation).ConfigureAwait(false);
        if (stored != created)
        {
            return stored.Execution;
        }

        if (await ReuseAsync(stored, cancellation).ConfigureAwait(false) is { } reused)
        {
            await store.SaveAsync(reused, scan: null, cancellation).ConfigureAwait(false);
            return reused.Execution;
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
            return running.Shown;
        }

        return (await store.FindAsync(id, cancellation).ConfigureAwait(false))?.Execution;
    }

    public async Task<QueryExecution?> FollowAsync(string id, TimeSpan patience, CancellationToken cancellation)
    {
        if (_running.TryGetValue(id, out var running) && !running.Ended.IsCompleted)
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(running.Ended, Task.Delay(patience, clock, late.Token)).ConfigureAwait(false);
            await late.CancelAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }

        return await FindAsync(id, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<QueryExecution>> ListAsync(
        string? workgroup, int countMax, CancellationToken cancellation) =>
        [.. (await store.ListAsync(workgroup, countMax, cancellation).ConfigureAwait(false))
            .Select(record => _running.TryGetValue(record.Execution.Id, out var running)
                ? running.Shown
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

    public async Task ClearAsync(string? workgroup, CancellationToken cancellation)
    {
        foreach (var running in _running.Values)
        {
            if (workgroup is null || running.Record.Execution.Request.Workgroup == workgroup)
            {
                await StopAsync(running.Record.Execution.Id, cancellation).ConfigureAwait(false);
            }
        }

        if (workgroup is null)
        {
            await store.ClearAsync(cancellation).ConfigureAwait(false);
            return;
        }

        while (await store.ListAsync(workgroup, ForgottenAtOnce, cancellation).ConfigureAwait(false) is
            { Count: > 0 } records)
        {
            await store.ForgetAsync([.. records.Select(record => record.Execution)], cancellation)
                .ConfigureAwait(false);
        }
    }

    public async Task<ResultPage> ReadAsync(string id, long firstRow, int rowsMax, CancellationToken cancellation)
    {
        var record = _running.TryGetValue(id, out var running)
            ? running.Record with { Execution = running.Shown }
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

    public void CheckSyntax(string sql) => runner.CheckSyntax(sql);

    public Task<long> ScannedTodayAsync(string workgroup, CancellationToken cancellation) =>
        ledger.TodayAsync(workgroup, cancellation);

    /// <summary>The usual bucket of results is made when the first query needs it; any other must be there.</summary>
    private async Task RequireBucketAsync(string location, CancellationToken cancellation)
    {
        var bucket = ObjectKey.Parse(location).Bucket;
        if (await objects.FindBucketAsync(bucket, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        if (location != Workgroup.UsualOutputLocation)
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"bucket '{bucket}' of the output location '{location}' does not exist",
                hint: $"make it: tarn s3 mb s3://{bucket}");
        }

        try
        {
            await objects.CreateBucketAsync(bucket, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            // Another query made it in between.
        }
    }

    private async Task<ExecutionRecord> RequireAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation).ConfigureAwait(false)
        ?? throw new TarnException(ErrorKind.NotFound, $"query execution '{id}' does not exist");

    /// <summary>The execution that ended with an earlier one's result, or null.</summary>
    private async Task<ExecutionRecord?> ReuseAsync(ExecutionRecord created, CancellationToken cancellation)
    {
        if (created.Execution.Request.ReuseMinutesMax is not { } minutes
            || await store.FindReusableAsync(created.Execution, cancellation).ConfigureAwait(false) is not { } earlier
            || earlier.Execution.CompletedAt < clock.GetUtcNow() - TimeSpan.FromMinutes(minutes)
            || await objects.FindAsync(ObjectKey.Parse(earlier.Execution.ResultLocation!), cancellation)
                .ConfigureAwait(false) is null)
        {
            return null;
        }

        var from = earlier.Execution;
        return earlier with
        {
            Execution = created.Execution with
            {
                State = QueryState.Succeeded,
                CompletedAt = clock.GetUtcNow(),
                ResultLocation = from.ResultLocation,
                ResultBytes = from.ResultBytes,
                RowCount = from.RowCount,
                IsReused = true,
            },
        };
    }

    private async Task OwnAsync(RunningExecution running, Workgroup workgroup, string location)
    {
        await life.LiveAsync(running, workgroup, location).ConfigureAwait(false);
        running.End(running.Record.Execution);
        _running.TryRemove(running.Record.Execution.Id, out _);
        running.Dispose();
    }
}
