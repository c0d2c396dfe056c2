using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>How to compile.</summary>
public sealed record CompileOptions
{
    /// <summary>Database of unqualified names.</summary>
    public string Database { get; init; } = "default";

    /// <summary>
    /// For these tables read exactly these objects instead of all (a job's new input); pruning still applies.
    /// </summary>
    public IReadOnlyDictionary<TableName, IReadOnlyList<ObjectKey>> Inputs { get; init; } =
        new Dictionary<TableName, IReadOnlyList<ObjectKey>>();
}
