using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>A runnable query. Holds its files open for reading until disposed.</summary>
public abstract class CompiledQuery : IDisposable
{
    /// <summary>A single SELECT for a session that <see cref="Attach"/> was called on.</summary>
    public abstract string DuckDbSql { get; }

    /// <summary>Each table read, with the objects left after pruning.</summary>
    public abstract IReadOnlyList<CompiledInput> Inputs { get; }

    /// <summary>
    /// Equal for queries of the same text that read the same objects by the same definitions of tables, so that their
    /// rows are the same; null when a table in memory is among them.
    /// </summary>
    public abstract string? Revision { get; }

    public abstract Executions.ScanEstimate Estimate { get; }

    /// <summary>Makes the query's memory-held tables (live views) readable in <paramref name="session"/>.</summary>
    public abstract void Attach(IDuckDbSession session);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
