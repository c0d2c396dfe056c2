using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html</summary>
internal sealed class DeleteStream(IStreams streams, LakeIdentity lake) : KinesisOperation<StreamRef>
{
    public override string Name => "DeleteStream";

    protected override StreamRef Read(JsonMembers members) => StreamRef.Read(members);

    protected override Task RunAsync(
        StreamRef input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        streams.DeleteAsync(input.Find(streams, lake).Name, cancellation);
}
