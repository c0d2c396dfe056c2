using System.Collections.Immutable;
using Tarn.Streams.Records;

namespace Tarn.Delivery;

/// <summary>
/// Moves records into objects or to an endpoint. A batch is a range of a shard's sequence numbers; its objects are
/// registered in the catalog in the same step as the checkpoint. Exactly once for objects: their names are made of
/// shard and range, so a repeat after a crash writes the same bytes to the same names. A destination that fails is
/// retried with backoff; the log holds the data. Thread-safe. Failures: NotFound, AlreadyExists, Invalid, Unsupported,
/// Conflict (version), Unavailable.
/// </summary>
public interface IDeliveryStreams
{
    /// <summary>Creates it; AlreadyExists when there is one of the name.</summary>
    Task<DeliveryStatus> CreateAsync(
        DeliverySpec spec, ImmutableSortedDictionary<string, string> tags, CancellationToken cancellation);

    /// <summary>Creates it, or replaces its settings while its checkpoint stays.</summary>
    Task<DeliveryStatus> PutAsync(DeliverySpec spec, CancellationToken cancellation);

    /// <summary>
    /// Replaces its destination by what <paramref name="change"/> makes of the present one; checkpoints stay, and a
    /// batch under way is finished as it was begun. Conflict unless <paramref name="version"/> is the current one.
    /// </summary>
    Task<DeliveryStatus> UpdateAsync(
        string name,
        long version,
        Func<DeliveryDestination, DeliveryDestination> change,
        CancellationToken cancellation);

    /// <summary>Replaces its tags by what <paramref name="change"/> makes of the present ones.</summary>
    Task<DeliveryStatus> TagAsync(
        string name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change,
        CancellationToken cancellation);

    Task<DeliveryStatus?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>All, ordered by name.</summary>
    Task<IReadOnlyList<DeliveryStatus>> ListAsync(CancellationToken cancellation);

    /// <summary>Removes it with its checkpoints and, of one that is put into directly, its log. Objects stay.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Completes when every record that was acknowledged before the call is in an object and registered, or was taken
    /// or given up by the endpoint.
    /// </summary>
    Task FlushAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Puts records into one whose source is direct, under the terms of <see cref="Streams.IStreams.AppendAsync"/>.
    /// Their partition keys play no part but have to be there. Invalid when it reads a stream.
    /// </summary>
    ValueTask AppendAsync(
        string name,
        ReadOnlyMemory<StreamEntry> entries,
        Memory<AppendOutcome> outcomes,
        CancellationToken cancellation);
}
