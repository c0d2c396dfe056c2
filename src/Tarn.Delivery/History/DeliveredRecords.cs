namespace Tarn.Delivery.History;

/// <summary>What a delivery stream has delivered of a stream.</summary>
/// <param name="Delivery">The delivery stream.</param>
/// <param name="StreamId">Of the stream that the numbers belong to.</param>
/// <param name="Next">By shard: every record below is in an object, none above. Missing shards: none is.</param>
/// <param name="Objects">About in the order in which their records came; those of a shard exactly.</param>
public sealed record DeliveredRecords(
    string Delivery, string StreamId, IReadOnlyDictionary<string, ulong> Next, IReadOnlyList<DeliveredObject> Objects);
