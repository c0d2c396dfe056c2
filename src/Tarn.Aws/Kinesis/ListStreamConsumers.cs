using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreamConsumers.html. By name.
/// </summary>
internal sealed class ListStreamConsumers(
    IStreams streams, IStreamConsumers consumers, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<ListStreamConsumers.Input>
{
    private const int ResultsMax = 100;

    public override string Name => "ListStreamConsumers";

    protected override Input Read(JsonMembers members) => new(
        new StreamRef(null, members.RequiredText("StreamARN")),
        members.Text("NextToken"),
        members.Number("MaxResults", 1, 10_000),
        members.Time("StreamCreationTimestamp"));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (stream, after) = input.NextToken is null ? Begin(input) : Continue(input, now);
        var found = consumers.List(stream.Name)
            .Where(consumer => string.CompareOrdinal(consumer.Name, after) > 0)
            .ToList();
        var limit = Math.Min(input.MaxResults ?? ResultsMax, ResultsMax);

        answer.WriteStartArray("Consumers");
        foreach (var consumer in found.Take(limit))
        {
            answer.WriteStartObject();
            ConsumerAnswer.Write(answer, lake, consumer);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        if (found.Count > limit)
        {
            var token = new PageToken(Name, stream.Name, stream.Id, found[limit - 1].Name, Filter: "", now);
            answer.WriteString("NextToken", token.ToString());
        }

        return Task.CompletedTask;
    }

    private (StreamDescription Stream, string? After) Begin(Input input)
    {
        var stream = input.Stream.Find(streams, lake);
        StreamRef.CheckCreation(stream, input.StreamCreationTimestamp, lake);
        return (stream, null);
    }

    private (StreamDescription Stream, string? After) Continue(Input input, DateTimeOffset now)
    {
        if (input.StreamCreationTimestamp is not null)
        {
            throw KinesisErrors.InvalidArgument("NextToken and StreamCreationTimestamp cannot be provided together.");
        }

        var token = PageToken.Parse(input.NextToken!, Name, now);
        return (input.Stream.Continue(token, streams, lake), token.After);
    }

    internal sealed record Input(
        StreamRef Stream, string? NextToken, int? MaxResults, DateTimeOffset? StreamCreationTimestamp);
}
