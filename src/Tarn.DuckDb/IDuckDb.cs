using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.DuckDb;

/// <summary>
/// One DuckDB instance in this process, confined to its directories and locked. Made by
/// <see cref="DuckDbInstance.Open"/>. Opening it is lazy and cheap (about 10 ms); a session costs microseconds.
/// </summary>
public interface IDuckDb : IDisposable
{
    /// <summary>A connection of its own. Not thread-safe; dispose it after use.</summary>
    IDuckDbSession OpenSession();
}
