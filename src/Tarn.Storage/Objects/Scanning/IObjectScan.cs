namespace Tarn.Storage.Objects.Scanning;

/// <summary>
/// Brings a bucket's index and the files in its folder together after somebody has changed these by hand. Only stores
/// whose objects are files have one. Thread-safe; the bucket can be used meanwhile.
/// </summary>
public interface IObjectScan
{
    /// <summary>
    /// Makes objects of files that no object owns, under the key that their path stands for, and reports objects whose
    /// file is gone or has another length; these are left as they are. Links are never followed. Each adopted file is
    /// read once, for its MD5. Failures: NotFound (bucket), Unavailable (disk).
    /// </summary>
    /// <param name="found">Called for every file adopted or left and every object that does not fit its file, one call
    /// at a time; the scan goes on when its task has ended.</param>
    Task<ScanSummary> ScanAsync(string bucket, Func<ScanFinding, Task> found, CancellationToken cancellation);
}
