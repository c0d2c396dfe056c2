using Tarn.Delivery.History;

namespace Tarn.Delivery;

/// <summary>
/// A stream's records as delivery streams have written them into a table, for who needs those that the stream no longer
/// keeps. Thread-safe.
/// </summary>
public interface IDeliveredRecords
{
    /// <summary>
    /// What is delivered at this moment: every record of the stream below the numbers to go on with, once. Throws
    /// Unsupported, with the reason, when that cannot be had.
    /// </summary>
    Task<DeliveredRecords> FindAsync(string stream, CancellationToken cancellation);

    /// <summary>The object's JSON lines as text, in the order of the log. Throws NotFound.</summary>
    Task<Stream> OpenAsync(DeliveredObject delivered, CancellationToken cancellation);
}
