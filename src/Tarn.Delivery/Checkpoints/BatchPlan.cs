using System.Text.Json.Serialization;

namespace Tarn.Delivery.Checkpoints;

/// <summary>
/// A batch that was decided and staged and is not committed yet: which records go where. It is stored before the first
/// object is put, so that a repeat after a crash writes the same records to the same names, whatever arrived or was
/// changed since.
/// </summary>
/// <remarks>
/// Layout, within <c>delivery-checkpoint</c>: <c>{"stream":"scores","isFromStream":true,"shardId":"…","first":"…",
/// "last":"…","records":2,"oldestArrival":"…","startedAt":"…","destination":{…},"outputs":[…],"givenUp":[]}</c>.
/// Numbers that may pass 2^53 are text.
/// </remarks>
internal sealed record BatchPlan
{
    public required string Stream { get; init; }

    public required bool IsFromStream { get; init; }

    public required string ShardId { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required ulong First { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required ulong Last { get; init; }

    /// <summary>Of the log, before any step.</summary>
    public required long Records { get; init; }

    public required DateTimeOffset OldestArrival { get; init; }

    /// <summary>When the batch was begun; the time that lines of failed records tell.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The settings that it was made with.</summary>
    public required DeliveryDestination Destination { get; init; }

    public required IReadOnlyList<PlannedOutput> Outputs { get; init; }

    /// <summary>Folders that took no object within the retry time: their records fail.</summary>
    public IReadOnlyList<string> GivenUp { get; init; } = [];
}
