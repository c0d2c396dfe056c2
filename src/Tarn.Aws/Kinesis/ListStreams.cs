using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html. The token is the last name.
/// </summary>
internal sealed class ListStreams(IStreams streams, LakeIdentity lake) : KinesisOperation<ListStreams.Input>
{
    private const int NamesMax = 100;

    public override string Name => "ListStreams";

    protected override Input Read(JsonMembers members) => new(
        members.Number("Limit", 1, 10_000),
        members.NameText("ExclusiveStartStreamName"),
        members.NameText("NextToken"));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (input.ExclusiveStartStreamName is not null && input.NextToken is not null)
        {
            throw KinesisErrors.InvalidArgument("NextToken and ExclusiveStartStreamName cannot be provided together.");
        }

        var after = input.NextToken ?? input.ExclusiveStartStreamName;
        var found = streams.List().Where(stream => string.CompareOrdinal(stream.Name, after) > 0).ToList();
        var limit = Math.Min(input.Limit ?? NamesMax, NamesMax);
        var hasMore = found.Count > limit;

        answer.WriteStartArray("StreamNames");
        foreach (var stream in found.Take(limit))
        {
            answer.WriteStringValue(stream.Name);
        }

        answer.WriteEndArray();
        answer.WriteBoolean("HasMoreStreams", hasMore);
        if (hasMore)
        {
            answer.WriteString("NextToken", found[limit - 1].Name);
        }

        answer.WriteStartArray("StreamSummaries");
        foreach (var stream in found.Take(limit))
        {
            answer.WriteStartObject();
            StreamAnswer.WriteIdentity(answer, lake, stream);
            StreamAnswer.WriteCreation(answer, stream);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        return Task.CompletedTask;
    }

    internal sealed record Input(int? Limit, string? ExclusiveStartStreamName, string? NextToken);
}
