using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html</summary>
internal sealed class DescribeStreamSummary(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<StreamRef>
{
    public override string Name => "DescribeStreamSummary";

    protected override StreamRef Read(JsonMembers members) => StreamRef.Read(members);

    protected override Task RunAsync(
        StreamRef input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Find(streams, lake);
        answer.WriteStartObject("StreamDescriptionSummary");
        StreamAnswer.WriteIdentity(answer, lake, stream);
        StreamAnswer.WriteSettings(answer, stream);
        answer.WriteNumber("OpenShardCount", stream.Spec.ShardCount);
        answer.WriteNumber("ConsumerCount", consumers.List(stream.Name).Count);
        answer.WriteNumber("MaxRecordSizeInKiB", stream.Spec.RecordBytesMax / 1024);
        answer.WriteEndObject();
        return Task.CompletedTask;
    }
}
