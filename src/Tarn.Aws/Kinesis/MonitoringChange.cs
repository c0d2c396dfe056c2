using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// What switching shard-level metrics on and off shares: the input, and the answer with what was on before and is now.
/// </summary>
internal abstract class MonitoringChange(IStreams streams, LakeIdentity lake)
    : KinesisOperation<MonitoringChange.Input>
{
    protected override Input Read(JsonMembers members) => new(StreamRef.Read(members), MetricNames.Read(members));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.Stream.Find(streams, lake).Name;
        var before = EnhancedMetrics.None;
        var stream = await streams.ConfigureAsync(
            name,
            spec =>
            {
                before = spec.EnhancedMetrics;
                return spec with { EnhancedMetrics = Change(before, input.Metrics) };
            },
            cancellation);
        answer.WriteString("StreamName", name);
        MetricNames.Write(answer, "CurrentShardLevelMetrics", before);
        MetricNames.Write(answer, "DesiredShardLevelMetrics", stream.Spec.EnhancedMetrics);
        answer.WriteString("StreamARN", StreamRef.ArnOf(lake, name));
    }

    protected abstract EnhancedMetrics Change(EnhancedMetrics before, EnhancedMetrics named);

    internal sealed record Input(StreamRef Stream, EnhancedMetrics Metrics);
}
