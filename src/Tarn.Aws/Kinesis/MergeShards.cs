using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html. The lower shard is named first. Done
/// when it is answered.
/// </summary>
internal sealed class MergeShards(IStreams streams, LakeIdentity lake) : KinesisOperation<MergeShards.Input>
{
    public override string Name => "MergeShards";

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.RequiredNameText("ShardToMerge"),
        members.RequiredNameText("AdjacentShardToMerge"));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        StreamMode.RequireProvisioned(stream.Spec, lake);
        var lower = ReshardableShard.Find(stream, input.ShardToMerge, lake);
        var upper = ReshardableShard.Find(stream, input.AdjacentShardToMerge, lake);
        if (lower.EndingHashKey == UInt128.MaxValue || lower.EndingHashKey + 1 != upper.StartingHashKey)
        {
            throw KinesisErrors.InvalidArgument(
                $"Shards {lower.ShardId} and {upper.ShardId} in stream {stream.Name} under account {lake.AccountId} "
                + "are not an adjacent pair of shards eligible for merging");
        }

        return streams.MergeAsync(stream.Name, lower.ShardId, upper.ShardId, cancellation);
    }

    internal sealed record Input(StreamRef Stream, string ShardToMerge, string AdjacentShardToMerge);
}
