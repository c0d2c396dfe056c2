using Tarn.Delivery.Lanes;

namespace Tarn.Delivery.Batches;

/// <summary>What a batch is begun with. Names and bytes depend on it and on the records alone.</summary>
/// <param name="StartedAt">The time that lines of failed records tell.</param>
/// <param name="OldestArrival">Of the first record; the time of prefixes, but for event times.</param>
/// <param name="First">Number of the first record.</param>
/// <param name="GivenUp">Folders whose records fail.</param>
internal sealed record BatchScene(
    DeliveryLane Lane,
    string ShardId,
    DateTimeOffset StartedAt,
    DateTimeOffset OldestArrival,
    ulong First,
    IReadOnlyList<string> GivenUp);
