using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Specs;
using Tarn.Jobs.Targets;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Runs;

/// <summary>
/// One run of a job, from new inputs to committed outputs. Called by the job's loop only, one run of a job at a time.
/// </summary>
/// <remarks>
/// <code>
///   1 finish first what a stop cut off: the same inputs, the same names
///   2 plan: compile, take the bookmark table's objects that were not used yet, store the run with them
///   3 run:  compile for exactly these, COPY to staged Parquet, check or make the target
///   4 name the outputs, store the names, put the objects, remove those that an earlier attempt put beyond them
///   5 commit, one transaction: inputs are used, partitions are registered, the run has succeeded
/// </code>
/// A failure in 2 to 5 ends the run: its outputs are removed and its inputs stay unused, so that the next run takes
/// them. A stop leaves the record as it is, for step 1 of the next start.
/// </remarks>
internal sealed class RunFlow(
    IQueryCompiler compiler,
    IDuckDb duckDb,
    ICatalog catalog,
    RunStore runs,
    InputLedger ledger,
    TargetTables targets,
    RunOutputs objects,
    RunCommit commit,
    InputGate inputs,
    TimeProvider time,
    ILogger<RunFlow> logger)
{
    /// <summary>Steps 1 to 5. Throws only when the run could not be recorded, or on stop.</summary>
    public async Task<JobRun> RunAsync(JobSpec spec, CancellationToken stop)
    {
        using var entered = await inputs.EnterRunAsync(stop).ConfigureAwait(false);
        await RepeatCutOffAsync(spec, stop).ConfigureAwait(false);
        var last = await runs.FindLastAsync(spec.Name, stop).ConfigureAwait(false);
        var started = new JobRun
        {
            Number = (last?.Run.Number ?? 0) + 1,
            Job = spec.Name,
            State = JobRunState.Running,
            StartedAt = time.GetUtcNow(),
        };
        var stored = await PlanAndStoreAsync(spec, started, stop).ConfigureAwait(false);
        return await FinishAsync(spec, stored, stop).ConfigureAwait(false);
    }

    /// <summary>
    /// Step 2. Objects that compaction replaced since they were listed are not this run's any more: it is planned anew.
    /// </summary>
    private async Task<StoredRun> PlanAndStoreAsync(JobSpec spec, JobRun started, CancellationToken stop)
    {
        const int AttemptsMax = 20;
        for (var attempt = 1; ; attempt++)
        {
            var hold = await runs.HoldInputsAsync(stop).ConfigureAwait(false);
            RunResource plan;
            try
            {
                plan = await PlanAsync(spec, started, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                plan = new RunResource { Run = Failed(started, e) };
            }

            IEnumerable<MetadataChange> further = plan.Inputs.Count == 0
                ? []
                : [hold, InputMark.Move(InputMark.Planned)];
            try
            {
                return await runs.CreateAsync(plan, further, stop).ConfigureAwait(false);
            }
            catch (TarnException e) when (e.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Listed before compaction took the place of some of them; the next plan sees what stands now.
            }
        }
    }

    /// <summary>Step 1: a run that was cut off is done again; what a failed one could not remove is removed.</summary>
    public async Task FinishCutOffAsync(JobSpec spec, CancellationToken stop)
    {
        using var entered = await inputs.EnterRunAsync(stop).ConfigureAwait(false);
        await RepeatCutOffAsync(spec, stop).ConfigureAwait(false);
    }

    private async Task RepeatCutOffAsync(JobSpec spec, CancellationToken stop)
    {
        var last = await runs.FindLastAsync(spec.Name, stop).ConfigureAwait(false);
        if (last?.Run.State == JobRunState.Running)
        {
            JobsLog.Repeated(logger, spec.Name, last.Run.Number);
            await FinishAsync(spec, last, stop).ConfigureAwait(false);
        }
        else if (last?.Resource.Outputs.Count > 0)
        {
            await objects.RemoveAsync(last.Resource.Outputs, stop).ConfigureAwait(false);
            await runs.SaveAsync(last, last.Resource with { Outputs = [] }, [], stop).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the objects of a run that did not succeed, before its job is deleted.</summary>
    public async Task AbandonAsync(string job, CancellationToken cancellation)
    {
        var last = await runs.FindLastAsync(job, cancellation).ConfigureAwait(false);
        await objects.RemoveAsync(last?.Resource.Outputs ?? [], cancellation).ConfigureAwait(false);
    }

    private async Task<RunResource> PlanAsync(JobSpec spec, JobRun run, CancellationToken stop)
    {
        if (spec.Bookmark is null)
        {
            return new RunResource { Run = run };
        }

        using var query = await compiler.CompileAsync(spec.Sql, new CompileOptions(), stop).ConfigureAwait(false);
        var there = ReadOf(query, JobRules.ParseTable(spec.Bookmark));
        if (there is null)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"job '{spec.Name}' does not read its bookmark table '{spec.Bookmark}'");
        }

        var inputs = await ledger.FindNewAsync(spec.Name, there, stop).ConfigureAwait(false);
        run = run with { InputObjects = inputs.Count, InputBytes = inputs.Sum(input => input.Size) };
        return inputs.Count == 0 && await targets.ExistsAsync(spec, stop).ConfigureAwait(false)
            ? new RunResource { Run = run with { State = JobRunState.Succeeded, EndedAt = time.GetUtcNow() } }
            : new RunResource { Run = run, Inputs = inputs };
    }

    private async Task<JobRun> FinishAsync(JobSpec spec, StoredRun stored, CancellationToken stop)
    {
        if (stored.Run.State != JobRunState.Running)
        {
            JobsLog.Ended(logger, spec.Name, stored.Run.Number, stored.Run.State, stored.Run.Error);
            return stored.Run;
        }

        JobRun ended;
        try
        {
            ended = await CarryOutAsync(spec, stored, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
            ended = await FailAsync(stored.Run, e, stop).ConfigureAwait(false);
        }

        JobsLog.Ended(logger, spec.Name, ended.Number, ended.State, ended.Error);
        return ended;
    }

    /// <summary>Steps 3 to 5.</summary>
    private async Task<JobRun> CarryOutAsync(JobSpec spec, StoredRun stored, CancellationToken stop)
    {
        using var query = await compiler.CompileAsync(spec.Sql, OptionsOf(spec, stored), stop).ConfigureAwait(false);
        CheckInputs(spec, stored, query);
        using var session = duckDb.OpenSession();
        query.Attach(session);
        TargetSchema schema;
        using (var empty = await session.QueryAsync($"SELECT * FROM ({query.DuckDbSql}) AS result LIMIT 0", stop)
            .ConfigureAwait(false))
        {
            schema = TargetSchema.Of(spec, empty.Columns);
        }

        var table = await targets.EnsureAsync(spec, schema, stop).ConfigureAwait(false);
        using var stage = objects.OpenStage();
        var files = await stage.WriteAsync(session, query.DuckDbSql, schema, stop).ConfigureAwait(false);
        var outputs = await NameAsync(spec, stored.Run.Number, table, files, stop).ConfigureAwait(false);
        stored = await objects.PutAsync(stored, outputs, stop).ConfigureAwait(false);
        var run = stored.Run with
        {
            State = JobRunState.Succeeded,
            EndedAt = time.GetUtcNow(),
            OutputObjects = outputs.Count,
            OutputRows = stage.Rows,
            OutputBytes = outputs.Sum(output => output.File.Size),
        };
        if (spec.Bookmark is null)
        {
            run = run with
            {
                InputObjects = query.Inputs.Sum(input => input.Objects.Count),
                InputBytes = query.Inputs.Sum(input => input.Objects.Sum(item => item.Size)),
            };
            return await commit.ReplaceAsync(spec, stored, run, table, outputs, stop).ConfigureAwait(false);
        }

        return await commit.AppendAsync(spec, stored, run, table, outputs, stop).ConfigureAwait(false);
    }

    private static CompileOptions OptionsOf(JobSpec spec, StoredRun stored) => spec.Bookmark is null
        ? new CompileOptions()
        : new CompileOptions
        {
            Inputs = new Dictionary<TableName, IReadOnlyList<ObjectKey>>
            {
                [JobRules.ParseTable(spec.Bookmark)] = [.. stored.Resource.Inputs.Select(input => input.ObjectKey)],
            },
        };

    /// <summary>
    /// An input that was replaced or removed since the plan must not be marked as used in its old version.
    /// </summary>
    private static void CheckInputs(JobSpec spec, StoredRun stored, CompiledQuery query)
    {
        if (spec.Bookmark is null)
        {
            return;
        }

        var found = (ReadOf(query, JobRules.ParseTable(spec.Bookmark)) ?? [])
            .DistinctBy(info => info.Key).ToDictionary(info => info.Key, info => info.ETag);
        foreach (var input in stored.Resource.Inputs)
        {
            if (found.GetValueOrDefault(input.ObjectKey) != input.Etag)
            {
                throw new TarnException(
                    ErrorKind.Conflict,
                    $"input '{input.ObjectKey}' of job '{spec.Name}' was changed or removed after the run was planned",
                    hint: "the next run takes what is there then");
            }
        }
    }

    /// <summary>The table's objects that the query reads; null when it does not read the table.</summary>
    private static List<ObjectInfo>? ReadOf(CompiledQuery query, TableName table)
    {
        var inputs = query.Inputs.Where(input => input.Table == table).ToList();
        return inputs.Count == 0 ? null : [.. inputs.SelectMany(input => input.Objects)];
    }

    private async Task<IReadOnlyList<PlannedOutput>> NameAsync(
        JobSpec spec, long run, Table table, IReadOnlyList<StagedFile> files, CancellationToken stop)
    {
        var runName = OutputNaming.RunName(spec.Name, run);
        if (spec.Bookmark is null)
        {
            return OutputNaming.Plan(runName, OutputNaming.RunFolder(spec, run), files, []);
        }

        var location = table.Storage.Location.EndsWith('/') ? table.Storage.Location : table.Storage.Location + "/";
        var known = table.PartitionKeys.Count == 0
            ? []
            : await catalog.ListPartitionsAsync(table.Name, stop).ConfigureAwait(false);
        return OutputNaming.Plan(runName, location, files, known);
    }

    private async Task<JobRun> FailAsync(JobRun run, Exception reason, CancellationToken stop)
    {
        JobsLog.Failed(logger, run.Job, run.Number, reason);
        var current = await runs.FindAsync(run.Job, run.Number, stop).ConfigureAwait(false)
            ?? throw new TarnException(
                ErrorKind.Damaged, $"run {run.Number} of job '{run.Job}' is gone", cause: reason);
        if (current.Run.State != JobRunState.Running)
        {
            // The commit happened and only its answer was lost.
            return current.Run;
        }

        var failed = Failed(current.Run, reason);
        IReadOnlyList<string> left = current.Resource.Outputs;
        try
        {
            await objects.RemoveAsync(left, stop).ConfigureAwait(false);
            left = [];
        }
        catch (TarnException e)
        {
            // Their names stay in the record; the next run removes them before it begins.
            JobsLog.OutputsRemain(logger, run.Job, run.Number, e);
        }

        await runs.SaveAsync(current, new RunResource { Run = failed, Outputs = left }, [], stop).ConfigureAwait(false);
        return failed;
    }

    private JobRun Failed(JobRun run, Exception reason) => run with
    {
        State = JobRunState.Failed,
        EndedAt = time.GetUtcNow(),
        Error = reason is TarnException known ? known.Describe() : reason.Message,
    };
}
