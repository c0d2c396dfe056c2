using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html. Done when it is answered.
/// </summary>
internal sealed class SplitShard(IStreams streams, LakeIdentity lake) : KinesisOperation<SplitShard.Input>
{
    public override string Name => "SplitShard";

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.RequiredNameText("ShardToSplit"),
        members.RequiredHashKey("NewStartingHashKey"));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        StreamMode.RequireProvisioned(stream.Spec, lake);
        var shard = ReshardableShard.Find(stream, input.ShardToSplit, lake);
        if (input.NewStartingHashKey is not { } key
            || key <= shard.StartingHashKey
            || key - shard.StartingHashKey < 2
            || key >= shard.EndingHashKey)
        {
            throw KinesisErrors.InvalidArgument(
                $"NewStartingHashKey {input.NewStartingHashKey?.ToString() ?? "over 2^128-1"} used in SplitShard() on "
                + $"shard {shard.ShardId} in stream {stream.Name} under account {lake.AccountId} is not both greater "
                + $"than one plus the shard's StartingHashKey {shard.StartingHashKey} and less than the shard's "
                + $"EndingHashKey {shard.EndingHashKey}.");
        }

        return streams.SplitAsync(stream.Name, shard.ShardId, key, cancellation);
    }

    internal sealed record Input(StreamRef Stream, string ShardToSplit, UInt128? NewStartingHashKey);
}
