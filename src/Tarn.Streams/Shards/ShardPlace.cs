using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>Which shard a log belongs to, and where it lies.</summary>
/// <param name="StreamName">For messages.</param>
internal sealed record ShardPlace(string StreamName, Guid StreamId, uint Number, string Directory)
{
    public string ShardId { get; } = Definitions.ShardDefinition.IdOf(Number);

    public SegmentId Segment(ulong baseSequence) => new(StreamId, Number, baseSequence);

    public string PathOf(SegmentId segment) => Path.Combine(Directory, segment.FileName);

    public override string ToString() => $"shard '{ShardId}' of stream '{StreamName}'";
}
