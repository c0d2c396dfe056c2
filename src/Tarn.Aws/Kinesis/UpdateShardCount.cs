using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html. At most doubles or halves the
/// open shards; their present number leaves them as they are. Done when it is answered.
/// </summary>
internal sealed class UpdateShardCount(IStreams streams, LakeIdentity lake) : KinesisOperation<UpdateShardCount.Input>
{
    private const int ShardsMax = 10_000;

    public override string Name => "UpdateShardCount";

    protected override Input Read(JsonMembers members)
    {
        var input = new Input(
            StreamRef.Read(members), members.RequiredNumber("TargetShardCount", 1, int.MaxValue));
        members.RequiredChoice("ScalingType", "UNIFORM_SCALING");
        return input;
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.Stream.Find(streams, lake).Name;
        var current = 0;
        await streams.ConfigureAsync(
            name,
            spec =>
            {
                current = spec.ShardCount;
                StreamMode.RequireProvisioned(spec, lake);
                CheckScale(current, input.Target);
                return spec with { ShardCount = input.Target };
            },
            cancellation);
        answer.WriteString("StreamName", name);
        answer.WriteNumber("CurrentShardCount", current);
        answer.WriteNumber("TargetShardCount", input.Target);
        answer.WriteString("StreamARN", StreamRef.ArnOf(lake, name));
    }

    private static void CheckScale(int current, int target)
    {
        var fault = target > ShardsMax
            ? $"Target shard count or number of open shards cannot be greater than {ShardsMax}."
            : target > current * 2L
                ? "UpdateShardCount cannot scale up over double your current open shard count."
                : target * 2L < current
                    ? "UpdateShardCount cannot scale down below half your current open shard count."
                    : null;
        if (fault is not null)
        {
            throw new AwsException(
                "LimitExceededException",
                400,
                $"{fault} Current open shard count: {current}, Target shard count: {target}");
        }
    }

    internal sealed record Input(StreamRef Stream, int Target);
}
