using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Query.Workgroups;

namespace Tarn.Query.Executions;

/// <summary>
/// The life of one execution, on the one task that owns it:
/// <list type="number">
/// <item>wait for a turn;</item>
/// <item>plan and estimate, hold the estimate against the day's limit and count it;</item>
/// <item>run, for at most as long as the workgroup lets it;</item>
/// <item>store how it ended together with what it really scanned.</item>
/// </list>
/// </summary>
internal sealed partial class ExecutionLife(
    ExecutionStore store,
    ExecutionRunner runner,
    ScanLedger ledger,
    WorkgroupEngines engines,
    FairQueue queue,
    TimeProvider clock,
    ILogger<ExecutionLife> log)
{
    private static readonly Dictionary<string, string> NoPaths = [];

    /// <summary>Never throws; returns when the end is stored.</summary>
    /// <param name="location">Folder of the result.</param>
    public async Task LiveAsync(RunningExecution running, Workgroup workgroup, string location)
    {
        try
        {
            await RunAsync(running, workgroup, location).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (running.StopReason is { Code: RunningExecution.OverCode } over)
            {
                // Athena cancels what passes a limit of bytes, and charges for it.
                End(running, QueryState.Cancelled, over.Code, over.Message);
            }
            else if (running.StopReason is { } reason)
            {
                Fail(running, reason);
            }
            else
            {
                End(running, QueryState.Cancelled, null, "Query cancelled by user");
            }
        }
        catch (TarnException failure)
        {
            Fail(running, failure);
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
        var cancellation = running.Cancellation;
        var submitted = clock.GetTimestamp();
        using var turn = await queue.EnterAsync(workgroup.Name, workgroup.RunningMax, cancellation)
            .ConfigureAwait(false);
        var start = clock.GetTimestamp();
        using var limit = Limit(running, workgroup);
        var request = running.Record.Execution.Request;
        if (request.Parameters is { } parameters)
        {
            request = request with { Sql = ParameterText.Bind(request.Sql, parameters) };
        }

        using var prepared = await runner.PrepareAsync(request, workgroup, cancellation).ConfigureAwait(false);
        if (prepared.Refusal is { } refusal)
        {
            Update(running, execution => execution with { Estimate = prepared.Estimate });
            throw refusal;
        }

        running.Scan = await ledger.ReserveAsync(
            workgroup.Name, running.Record.Execution.Id, prepared.Estimate?.Bytes ?? 0,
            workgroup.DailyScannedBytesMax, cancellation).ConfigureAwait(false);
        Limit(running, workgroup, running.Scan);
        Update(running, execution => execution with
        {
            State = QueryState.Running,
            Estimate = prepared.Estimate,
            QueuedMilliseconds = (long)clock.GetElapsedTime(submitted, start).TotalMilliseconds,
            PlanningMilliseconds = (long)clock.GetElapsedTime(start).TotalMilliseconds,
        });
        var outcome = await RunCountedAsync(running, prepared, workgroup, location).ConfigureAwait(false);
        Update(running, execution => execution with
        {
            State = outcome.ErrorCode is null ? QueryState.Succeeded : QueryState.Failed,
            ErrorCode = outcome.ErrorCode,
            StateChangeReason = outcome.Reason,
            ScannedBytes = running.Meter.Bytes,
            InputRows = prepared.CountsRows ? running.Meter.Rows : null,
            EngineMilliseconds = (long)clock.GetElapsedTime(start).TotalMilliseconds,
            ResultLocation = outcome.Result?.Location,
            ResultBytes = outcome.Result?.Bytes ?? 0,
            RowCount = outcome.Result?.Rows ?? 0,
            UpdateCount = outcome.UpdateCount,
            ManifestLocation = outcome.ManifestLocation,
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

    /// <summary>Runs it while its beginning and what it counts are stored.</summary>
    private async Task<RunOutcome> RunCountedAsync(
        RunningExecution running, PreparedRun prepared, Workgroup workgroup, string location)
    {
        var counted = store.SaveAsync(running.Record, Counted(running), CancellationToken.None);
        if (!prepared.OnlyReads || workgroup.DailyScannedBytesMax is not null)
        {
            // After a kill a write is told from one that never began, and a day's limit holds.
            await counted.ConfigureAwait(false);
        }

        var context = new RunContext(
            running.Record.Execution.Id,
            location,
            workgroup,
            engines.Of(workgroup),
            running.Meter,
            running.Started);
        var run = prepared.Run(context, running.Cancellation);
        await Task.WhenAll(run, counted).ConfigureAwait(false);
        return await run.ConfigureAwait(false);
    }

    /// <summary>Stops the execution when it reads more than its workgroup or the day allow.</summary>
    private static void Limit(RunningExecution running, Workgroup workgroup, ScanEntry scan)
    {
        if (workgroup.ScannedBytesMax is { } query)
        {
            running.LimitBytes(query, "Bytes scanned limit");
        }

        if (scan.BytesMax is { } day)
        {
            running.LimitBytes(day, $"Bytes scanned limit of workgroup '{workgroup.Name}' for today");
        }
    }

    /// <summary>Stops the execution when its time is over.</summary>
    private ITimer? Limit(RunningExecution running, Workgroup workgroup) => workgroup.RunSecondsMax is { } seconds
        ? clock.CreateTimer(
            _ => running.Stop(new TarnException(
                ErrorKind.LimitExceeded,
                $"Query exceeded the maximum run time limit of {seconds} s of workgroup '{workgroup.Name}'")
            {
                Code = "EXCEEDED_TIME_LIMIT",
            }),
            null,
            TimeSpan.FromSeconds(seconds),
            Timeout.InfiniteTimeSpan)
        : null;

    private void Fail(RunningExecution running, TarnException failure)
    {
        var (code, reason) = QueryFailure.Describe(failure, NoPaths);
        End(running, QueryState.Failed, code, reason);
    }

    private void End(RunningExecution running, QueryState state, string? code, string reason) =>
        Update(running, execution => execution with
        {
            State = state,
            ErrorCode = code,
            StateChangeReason = reason,
            ScannedBytes = running.Meter.Bytes,
            CompletedAt = clock.GetUtcNow(),
        });

    private static void Update(RunningExecution running, Func<QueryExecution, QueryExecution> change) =>
        running.Record = running.Record with { Execution = change(running.Record.Execution) };

    /// <summary>What of the entry is to be stored: nothing for a query that reads nothing.</summary>
    private static ScanEntry? Counted(RunningExecution running) =>
        running.Scan is { Bytes: > 0 } entry ? entry : null;

    /// <summary>What the execution counts against its day in the end: as in Athena, a failed one nothing.</summary>
    private async Task<ScanEntry?> SettleAsync(RunningExecution running)
    {
        var execution = running.Record.Execution;
        var bytes = execution.State == QueryState.Failed ? 0 : execution.ScannedBytes;
        return running.Scan is { } entry && (entry.Bytes > 0 || bytes > 0)
            ? await ledger.SettleAsync(entry, bytes).ConfigureAwait(false)
            : null;
    }

    private async Task FinishAsync(RunningExecution running)
    {
        var execution = running.Record.Execution;
        try
        {
            var settled = await SettleAsync(running).ConfigureAwait(false);
            await store.SaveAsync(running.Record, settled, CancellationToken.None).ConfigureAwait(false);
            LogEnded(execution.Id, execution.State, execution.ScannedBytes, execution.EngineMilliseconds);
        }
        catch (TarnException failure)
        {
            // The stored state stays Running and becomes Failed at the next start; readers of this one still see its
            // end.
            LogUnsaved(failure, execution.Id);
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
