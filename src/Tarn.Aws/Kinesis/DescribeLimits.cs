using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeLimits.html. Tarn limits the shards of a stream,
/// not of an account; the limits say the most that the service model lets them say.
/// </summary>
internal sealed class DescribeLimits(IStreams streams) : KinesisOperation<bool>
{
    private const int CountMax = 1_000_000;

    public override string Name => "DescribeLimits";

    protected override bool Read(JsonMembers members) => true;

    protected override Task RunAsync(
        bool input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var all = streams.List();
        answer.WriteNumber("ShardLimit", CountMax);
        answer.WriteNumber("OpenShardCount", all.Sum(stream => stream.Spec.ShardCount));
        answer.WriteNumber("OnDemandStreamCount", all.Count(stream => stream.Spec.OnDemand));
        answer.WriteNumber("OnDemandStreamCountLimit", CountMax);
        return Task.CompletedTask;
    }
}
