using Tarn.Primitives.Identity;

namespace Tarn.Streams.Metrics;

/// <summary>Where a consumer stands in its stream.</summary>
/// <param name="LagMilliseconds">Age of the oldest record it has not consumed; 0 when there is none.</param>
/// <param name="Next">By shard id, the number it goes on with. Shards that it has consumed to the tip may be
/// missing.</param>
public sealed record ConsumerPosition(
    string Stream,
    string Consumer,
    ConsumerKind Kind,
    long LagMilliseconds,
    IReadOnlyDictionary<string, SequenceNumber> Next);
