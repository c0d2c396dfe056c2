using Tarn.DuckDb;
using Tarn.Query.Workgroups;

namespace Tarn.Query.Executions;

/// <summary>What a run needs to know of its execution.</summary>
/// <param name="OutputLocation">Folder of the result.</param>
/// <param name="Workgroup">Whose limits hold.</param>
/// <param name="Engine">The DuckDB instance to run in.</param>
/// <param name="Meter">Counts what the query reads.</param>
/// <param name="Started">Told the session once the query is about to run, for progress.</param>
internal sealed record RunContext(
    string Id,
    string OutputLocation,
    Workgroup Workgroup,
    IDuckDb Engine,
    ScanMeter Meter,
    Action<IDuckDbSession> Started);
