using Tarn.Primitives.Errors;
using Tarn.Query.Results;
using Tarn.Query.Writing.Commits;
using Tarn.Query.Writing.Targets;
using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>Executions of CREATE TABLE AS, INSERT and UNLOAD: their answer is how many rows they wrote.</summary>
internal sealed class WriteRuns(WriteStatements writes)
{
    private static readonly IReadOnlyList<ResultColumn> Rows = [new ResultColumn("rows", "bigint", 19, 0)];

    /// <summary>Plans the statement; null when it writes no rows.</summary>
    public async Task<(PreparedRun Run, PlannedWrite Write)?> PrepareAsync(
        Statement statement, string database, CancellationToken cancellation)
    {
        if (await writes.PlanAsync(statement, database, cancellation).ConfigureAwait(false) is not { } write)
        {
            return null;
        }

        var run = new PreparedRun(
            write.Plan?.Estimate, (context, token) => RunAsync(write, context, token), write.Plan);
        return (run, write);
    }

    /// <summary>How an execution ended whose write was committed.</summary>
    public static RunOutcome Outcome(WriteSummary summary, string location)
    {
        var result = new ResultSummary(location, Rows, Rows: 0, PageRows: 1000, PageOffsets: []);
        return new RunOutcome(result, null, null)
        {
            UpdateCount = summary.Rows,
            ManifestLocation = summary.Manifest.Length == 0 ? null : summary.Manifest,
        };
    }

    /// <summary>The record of an execution whose write was committed before the server stopped.</summary>
    public static ExecutionRecord Ended(ExecutionRecord record, WriteSummary write) => record with
    {
        Execution = record.Execution with
        {
            State = QueryState.Succeeded,
            UpdateCount = write.Rows,
            ScannedBytes = record.Execution.Estimate?.Bytes ?? 0,
            ManifestLocation = write.Manifest,
            ResultLocation = write.Manifest[..^"-manifest.csv".Length],
        },
        Columns = Rows,
        PageRows = 1000,
    };

    private static async Task<RunOutcome> RunAsync(
        PlannedWrite write, RunContext context, CancellationToken cancellation)
    {
        var paths = write.Plan is null
            ? []
            : write.Plan.Scans.SelectMany(scan => scan.Files).DistinctBy(file => file.File.Path)
                .ToDictionary(file => file.File.Path, file => file.File.Info.Key.ToString(), StringComparer.Ordinal);
        try
        {
            var place = new WriteContext(
                context.Id,
                context.Workgroup.Name,
                context.OutputLocation,
                context.Engine,
                context.Meter,
                context.Started);
            var summary = await write.Run(place, cancellation).ConfigureAwait(false);
            return Outcome(summary, place.Beside(context.Id).ToString());
        }
        catch (TarnException failure)
        {
            var (code, reason) = QueryFailure.Describe(failure, paths);
            return new RunOutcome(null, code, reason);
        }
    }
}
