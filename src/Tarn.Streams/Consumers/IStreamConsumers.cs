using System.Collections.Immutable;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Consumers;

/// <summary>
/// The consumers registered with streams. Thread-safe; a change is durable when it returns. A consumer goes with its
/// stream. Failures: NotFound, AlreadyExists, Invalid, LimitExceeded, Unavailable.
/// </summary>
public interface IStreamConsumers
{
    /// <summary>Registers a consumer; a stream has at most 20.</summary>
    Task<StreamConsumer> RegisterAsync(
        string stream, string name, ImmutableSortedDictionary<string, string> tags, CancellationToken cancellation);

    Task DeregisterAsync(string stream, string name, CancellationToken cancellation);

    /// <summary>
    /// Changes a consumer's tags: <paramref name="change"/> gets the present ones and nobody else changes them
    /// meanwhile.
    /// </summary>
    Task<StreamConsumer> SetTagsAsync(
        string stream,
        string name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change,
        CancellationToken cancellation);

    /// <summary>The consumer, or null; null also when there is no such stream. Memory only.</summary>
    StreamConsumer? Find(string stream, string name);

    /// <summary>The stream's consumers by name; NotFound when there is no such stream. Memory only.</summary>
    IReadOnlyList<StreamConsumer> List(string stream);

    /// <summary>Makes known how far a consumer is while records of a shard are pushed to it. Memory only.</summary>
    PushProgress Follow(StreamConsumer consumer, string shardId, SequenceNumber from);
}
