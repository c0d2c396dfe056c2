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

    /// <summary>Counts what statements of the instance read of the files that are asked for by its paths.</summary>
    /// <param name="onRead">Told the bytes of each read, by any thread, also several at once; must return at once.
    /// </param>
    IFileReads CountReads(Action<long> onRead);
}
