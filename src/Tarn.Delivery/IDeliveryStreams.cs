namespace Tarn.Delivery;

/// <summary>
/// Moves a stream's records into objects: one object per shard, batch and hour, registered in the catalog in the
/// same step as the checkpoint. Exactly once: object names are made of shard and sequence range, so a repeat after
/// a crash writes the same bytes to the same name. A destination that fails is retried with backoff; the log holds
/// the data. Thread-safe.
/// </summary>
public interface IDeliveryStreams
{
    /// <summary>Creates it, or replaces its settings while its checkpoint stays.</summary>
    Task<DeliveryStatus> PutAsync(DeliverySpec spec, CancellationToken cancellation);

    Task<DeliveryStatus?> FindAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<DeliveryStatus>> ListAsync(CancellationToken cancellation);

    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Completes when every record that was acknowledged before the call is in an object and registered.
    /// </summary>
    Task FlushAsync(string name, CancellationToken cancellation);
}
