using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>The shard that a split or merge names: there, and open.</summary>
internal static class ReshardableShard
{
    public static ShardDescription Find(StreamDescription stream, string shardId, LakeIdentity lake)
    {
        var shard = stream.Shards.FirstOrDefault(shard => shard.ShardId == shardId)
            ?? throw new AwsException(
                "ResourceNotFoundException",
                400,
                $"Could not find shard {shardId} in stream {stream.Name} under account {lake.AccountId}.");
        return shard.EndingSequenceNumber is null
            ? shard
            : throw KinesisErrors.InvalidArgument(
                $"Shard {shardId} in stream {stream.Name} under account {lake.AccountId} has already been merged or "
                + "split, and thus is not eligible for merging or splitting.");
    }
}
