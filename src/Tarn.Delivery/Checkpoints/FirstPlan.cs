using System.Text.Json.Serialization;
using Tarn.Formats.Compression;

namespace Tarn.Delivery.Checkpoints;

/// <summary>
/// A batch under way as version 1 stored it. Found at the first start of a later version only, which takes back what it
/// may have put and plans its records anew.
/// </summary>
/// <remarks>
/// Layout, within <c>delivery-checkpoint</c>:
/// <c>{"stream":"scores","shardId":"shardId-000000000000","first":"…","last":"…",
/// "records":2,"oldestArrival":"…","dataObject":"s3://…","errorObject":"s3://…","compression":"Gzip","database":"raw",
/// "table":"scores","partition":["2026","11","23","04"],"location":"s3://…/"}</c>. Numbers that may pass 2^53 are text.
/// </remarks>
internal sealed record FirstPlan
{
    public required string Stream { get; init; }

    public required string ShardId { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required ulong First { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required ulong Last { get; init; }

    public required long Records { get; init; }

    public required DateTimeOffset OldestArrival { get; init; }

    /// <summary>Receives the records that are JSON objects; not written when there are none.</summary>
    public required string DataObject { get; init; }

    /// <summary>Receives the others; not written when there are none.</summary>
    public required string ErrorObject { get; init; }

    public required CompressionFormat Compression { get; init; }

    public required string Database { get; init; }

    public required string Table { get; init; }

    public required IReadOnlyList<string> Partition { get; init; }

    /// <summary>Where the partition lies: the folder of <see cref="DataObject"/>.</summary>
    public required string Location { get; init; }
}
