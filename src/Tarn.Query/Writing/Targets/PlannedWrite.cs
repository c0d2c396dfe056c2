using Tarn.DuckDb;
using Tarn.Query.Compilation;
using Tarn.Query.Writing.Commits;

namespace Tarn.Query.Writing.Targets;

/// <summary>A statement that writes rows, planned and estimated.</summary>
/// <param name="Plan">Of its query; null of a statement that has nothing to do.</param>
/// <param name="Run">Runs it in a session of the engine; takes the plan over.</param>
internal sealed record PlannedWrite(
    QueryPlan? Plan, Func<WriteContext, CancellationToken, Task<WriteSummary>> Run);
