using Tarn.Primitives.Errors;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Rates;

/// <summary>The limits of one shard, and what is said to those who pass them.</summary>
internal sealed class ShardRates(ShardPlace place, TimeProvider clock)
{
    /// <summary>Kinesis' own name for it.</summary>
    public const string Code = "ProvisionedThroughputExceededException";

    public WriteLimit Writes { get; } = new(clock);

    public ReadLimit Reads { get; } = new(clock);

    public AppendError WriteRefusal { get; } = new(ErrorKind.LimitExceeded, MessageFor(place), Code);

    public TarnException ReadRefusal() =>
        new(ErrorKind.LimitExceeded, MessageFor(place), hint: "read again in a second") { Code = Code };

    private static string MessageFor(ShardPlace place) =>
        $"rate exceeded for shard {place.ShardId} in stream {place.StreamName}";
}
