using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>
/// Turns a SELECT in Athena's language into one that DuckDB can run on this machine: parse, bind to the catalog, prune
/// partitions, list files, estimate. Used by query executions and by jobs.
/// </summary>
public interface IQueryCompiler
{
    /// <summary>Throws Invalid or NotFound with Athena's code and <c>line l:c:</c> in the message.</summary>
    Task<CompiledQuery> CompileAsync(string sql, CompileOptions options, CancellationToken cancellation);
}
