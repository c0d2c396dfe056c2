using Tarn.DuckDb;
using Tarn.Query.Executions;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Targets;

/// <summary>What a write needs to know of its execution.</summary>
/// <param name="Workgroup">In whose name it writes.</param>
/// <param name="OutputLocation">Of the execution's results.</param>
/// <param name="Engine">The DuckDB instance to run in.</param>
/// <param name="Meter">Counts what the query reads.</param>
/// <param name="Started">Told the session once the query is about to run, for progress.</param>
internal sealed record WriteContext(
    string Id,
    string Workgroup,
    string OutputLocation,
    IDuckDb Engine,
    ScanMeter Meter,
    Action<IDuckDbSession> Started)
{
    /// <summary>An object beside the results, named after the execution.</summary>
    public ObjectKey Beside(string suffix)
    {
        var folder = ObjectKey.Parse(OutputLocation);
        var prefix = folder.Key.Length == 0 || folder.Key.EndsWith('/') ? folder.Key : folder.Key + "/";
        return folder with { Key = prefix + suffix };
    }
}
