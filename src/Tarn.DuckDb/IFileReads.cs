namespace Tarn.DuckDb;

/// <summary>
/// Counts what DuckDB reads of files, from <see cref="IDuckDb.CountReads"/> until it is disposed. Thread-safe.
/// </summary>
public interface IFileReads : IDisposable
{
    /// <summary>
    /// How SQL must spell the file's path, so that its reads are counted here: as it is, or in another way when
    /// somebody else counts the same file just now.
    /// </summary>
    /// <param name="path">Absolute.</param>
    /// <param name="length">Of the file. What reaches into its last 8 bytes is a Parquet footer and does not count.
    /// </param>
    string PathOf(string path, long length);
}
