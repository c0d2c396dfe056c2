using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Names a consumer by its ARN, by name and the stream's ARN, or by all three when they agree. The ARN ends in the
/// second of registration, so that it never means a later consumer of the same name.
/// </summary>
internal readonly partial record struct ConsumerRef(string? StreamArn, string? Name, string? Arn)
{
    private const string ArnPatternText =
        @"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+";

    public static ConsumerRef Read(JsonMembers members) =>
        new(members.Text("StreamARN"), members.NameText("ConsumerName"), members.Text("ConsumerARN"));

    /// <summary>True when the text has the form of a consumer's ARN rather than a stream's.</summary>
    public static bool IsArn(string arn) => ArnPattern().IsMatch(arn);

    public static string ArnOf(LakeIdentity lake, StreamConsumer consumer) =>
        StreamRef.ArnOf(lake, consumer.Stream) + "/consumer/" + consumer.Name + ":"
            + consumer.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public StreamConsumer Find(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    {
        if (Arn is null && (StreamArn is null || Name is null))
        {
            throw KinesisErrors.InvalidArgument("Either ConsumerARN, or StreamARN and ConsumerName must be given.");
        }

        var (stream, name, seconds) = Arn is null ? (new StreamRef(null, StreamArn), Name!, null) : Parse(Arn);
        if (StreamArn is not null && new StreamRef(null, StreamArn).Resolve(lake) != stream.Resolve(lake))
        {
            throw KinesisErrors.InvalidArgument($"ConsumerARN {Arn} is not of a consumer of {StreamArn}.");
        }

        if (Name is not null && Name != name)
        {
            throw KinesisErrors.InvalidArgument($"ConsumerName {Name} and ConsumerARN {Arn} name different consumers.");
        }

        var found = consumers.Find(stream.Find(streams, lake).Name, name);
        return found is not null && (seconds is null || seconds == found.CreatedAt.ToUnixTimeSeconds())
            ? found
            : throw KinesisErrors.ConsumerNotFound(Arn ?? name, lake.AccountId);
    }

    private static (StreamRef Stream, string Name, long? Seconds) Parse(string arn)
    {
        var match = ArnPattern().Match(arn);
        return match.Success
            ? (
                new StreamRef(null, match.Groups[1].Value),
                match.Groups[2].Value,
                long.Parse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            : throw JsonMembers.Violation(
                $"Value '{arn}' at 'consumerARN' failed to satisfy constraint: "
                + $"Member must satisfy regular expression pattern: {ArnPatternText}");
    }

    [GeneratedRegex(@"\A([^/]*/[a-zA-Z0-9_.-]{1,128})/consumer/([a-zA-Z0-9_.-]{1,128}):([0-9]{1,18})\z")]
    private static partial Regex ArnPattern();
}
