using Tarn.DuckDb;

namespace Tarn.Query.Executions;

/// <summary>What a run needs to know of its execution.</summary>
/// <param name="Started">Told the session once the query is about to run, for progress.</param>
internal sealed record RunContext(string Id, string OutputLocation, Action<IDuckDbSession> Started);
