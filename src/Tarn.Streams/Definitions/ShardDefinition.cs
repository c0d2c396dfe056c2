using System.Globalization;
using System.Text.Json.Serialization;

namespace Tarn.Streams.Definitions;

/// <summary>A shard as it is kept in the stream's resource; closing and lineage are written by resharding.</summary>
internal sealed record ShardDefinition
{
    private const JsonNumberHandling InQuotes =
        JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    public const string IdPrefix = "shardId-";

    /// <summary>0, 1, 2, ...; never used again within a stream.</summary>
    public required uint Number { get; init; }

    /// <summary>First hash key owned.</summary>
    public required UInt128 HashFrom { get; init; }

    /// <summary>Last hash key owned.</summary>
    public required UInt128 HashTo { get; init; }

    /// <summary>The first number the shard can give.</summary>
    [JsonNumberHandling(InQuotes)]
    public required ulong SequenceFrom { get; init; }

    /// <summary>The last number it gave, once closed; null while open.</summary>
    [JsonNumberHandling(InQuotes)]
    public ulong? SequenceTo { get; init; }

    public uint? Parent { get; init; }

    /// <summary>The other parent, after a merge.</summary>
    public uint? AdjacentParent { get; init; }

    /// <summary>Absent: when the stream was made.</summary>
    public long? OpenedMs { get; init; }

    /// <summary>Set with <see cref="SequenceTo"/>.</summary>
    public long? ClosedMs { get; init; }

    public bool IsOpen => SequenceTo is null;

    public static string IdOf(uint number) => IdPrefix + number.ToString("D12", CultureInfo.InvariantCulture);
}
