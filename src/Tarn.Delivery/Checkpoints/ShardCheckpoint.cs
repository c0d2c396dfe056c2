using System.Text.Json.Serialization;

namespace Tarn.Delivery.Checkpoints;

/// <summary>
/// How far one delivery stream has come in one shard, and what it has delivered from it since its creation.
/// </summary>
/// <remarks>
/// Layout: resource kind <c>delivery-checkpoint</c>, name <c>&lt;delivery stream&gt;/&lt;shard id&gt;</c>, spec
/// <c>{"streamId":"…","next":"…","records":0,"objects":0,"badRecords":0,
/// "lastObject":null,"lastDeliveredAt":null,"plan":null,"batch":null,"unknownMembers":{"combo":"bigint"}}</c>; the
/// name of a backup's is <c>&lt;delivery stream&gt;/backup/&lt;shard id&gt;</c>.
/// </remarks>
internal sealed record ShardCheckpoint
{
    /// <summary>
    /// Of the stream that the numbers belong to; a stream of the same name made later starts from its oldest
    /// record.
    /// </summary>
    public required string StreamId { get; init; }

    /// <summary>Every record below this number is delivered.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public ulong Next { get; init; }

    /// <summary>Lines and rows in data objects.</summary>
    public long Records { get; init; }

    /// <summary>Data objects.</summary>
    public long Objects { get; init; }

    /// <summary>Lines in error objects.</summary>
    public long BadRecords { get; init; }

    public string? LastObject { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>A batch that version 1 left under way, or null.</summary>
    public FirstPlan? Plan { get; init; }

    /// <summary>The batch under way, or null.</summary>
    public BatchPlan? Batch { get; init; }

    /// <summary>Members that records had and the table has not, each with a type that holds it; null: none.</summary>
    public IReadOnlyDictionary<string, string>? UnknownMembers { get; init; }
}
