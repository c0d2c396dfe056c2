using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>
/// A statement that is planned and estimated, before any data is read. Run at most once; disposing lets go what the
/// plan holds.
/// </summary>
/// <param name="Estimate">What it would scan; null of a statement that scans nothing.</param>
/// <param name="Run">Runs it; a failure's text names objects, not paths.</param>
/// <param name="Held">What the plan holds, or null.</param>
internal sealed record PreparedRun(
    ScanEstimate? Estimate, Func<RunContext, CancellationToken, Task<RunOutcome>> Run, IDisposable? Held) : IDisposable
{
    /// <summary>Why it must not run, such as a limit that its estimate passes; null: it may.</summary>
    public TarnException? Refusal { get; init; }

    /// <summary>Whether DuckDB reads none of its files itself, so that its rows are counted.</summary>
    public bool CountsRows { get; init; }

    /// <summary>Whether it leaves nothing behind but its result.</summary>
    public bool OnlyReads { get; init; }

    public void Dispose() => Held?.Dispose();
}
