using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html. Its consumers go with it, if the
/// caller says so.
/// </summary>
internal sealed class DeleteStream(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<DeleteStream.Input>
{
    public override string Name => "DeleteStream";

    protected override Input Read(JsonMembers members) =>
        new(StreamRef.Read(members), members.Flag("EnforceConsumerDeletion") ?? false);

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.Stream.Find(streams, lake).Name;
        return input.EnforceConsumerDeletion || consumers.List(name).Count == 0
            ? streams.DeleteAsync(name, cancellation)
            : throw new AwsException(
                "ResourceInUseException",
                400,
                $"DeleteStream can't delete {lake.AccountId}:{name} because there are consumers associated with this "
                + $"data stream. To delete {name} anyway, set the EnforceConsumerDeletion parameter to true to force "
                + "the deletion of all the consumers that are associated with it.");
    }

    internal sealed record Input(StreamRef Stream, bool EnforceConsumerDeletion);
}
