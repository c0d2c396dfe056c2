using System.Collections.Immutable;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>What a ResourceARN names: a stream, or a consumer. Knows where its tags are.</summary>
internal sealed class TaggedResource(
    string arn, IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
{
    public static string ReadArn(JsonMembers members) => members.RequiredText("ResourceARN");

    public ImmutableSortedDictionary<string, string> Tags =>
        ConsumerRef.IsArn(arn) ? Consumer().Tags : Stream().Spec.Tags;

    /// <param name="change">Gets the tags and the resource's name for errors, such as <c>stream orders</c>.</param>
    public Task ChangeAsync(
        Func<ImmutableSortedDictionary<string, string>, string, ImmutableSortedDictionary<string, string>> change,
        CancellationToken cancellation)
    {
        if (ConsumerRef.IsArn(arn))
        {
            var consumer = Consumer();
            return consumers.SetTagsAsync(
                consumer.Stream, consumer.Name, tags => change(tags, $"consumer {consumer.Name}"), cancellation);
        }

        var name = Stream().Name;
        return streams.ConfigureAsync(
            name, spec => spec with { Tags = change(spec.Tags, $"stream {name}") }, cancellation);
    }

    private StreamConsumer Consumer() => new ConsumerRef(null, null, arn).Find(streams, consumers, lake);

    private StreamDescription Stream() => new StreamRef(null, arn).Find(streams, lake);
}
