using Tarn.DuckDb.Instances;

namespace Tarn.DuckDb;

/// <summary>Opens DuckDB instances.</summary>
public static class DuckDbInstance
{
    /// <summary>
    /// An instance with an empty in-memory database. Nothing is loaded until its first session. Instances share
    /// nothing: each has its own memory limit, worker threads and temp directory.
    /// </summary>
    public static IDuckDb Open(DuckDbOptions options) => new DuckDbDatabase(options);
}
