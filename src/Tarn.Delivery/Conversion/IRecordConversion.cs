using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// Turns staged records into one file of another format. The same records give the same bytes. Thread-safe.
/// </summary>
internal interface IRecordConversion
{
    /// <summary>
    /// Reads a complete spool and writes <paramref name="outputPath"/>, which must not exist. Without a row there is no
    /// file; after a failure or cancel neither.
    /// </summary>
    /// <param name="failed">
    /// Given each record that could not be converted, in order, while the others go on. One call at a time, on any
    /// thread, before the task ends; the record's memory is good during the call only.
    /// </param>
    Task<ConvertedRecords> ConvertAsync(
        string spoolPath, string outputPath, Action<FailedRecord> failed, CancellationToken cancellation);
}
