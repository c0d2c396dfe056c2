using System.Text.RegularExpressions;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>Names a stream by StreamName, StreamARN or both, as every operation allows.</summary>
internal readonly partial record struct StreamRef(string? Name, string? Arn)
{
    public static StreamRef Read(JsonMembers members) => new(members.Text("StreamName"), members.Text("StreamARN"));

    /// <summary>The name that it stands for. The ARN's region may be any; its account must be this lake's.</summary>
    public string Resolve(LakeIdentity lake)
    {
        if (Name is null && Arn is null)
        {
            throw KinesisErrors.InvalidArgument("Either StreamName or StreamARN must be given.");
        }

        if (Name is not null)
        {
            CheckName(Name);
        }

        if (Arn is null)
        {
            return Name!;
        }

        var match = ArnPattern().Match(Arn);
        if (!match.Success)
        {
            throw JsonMembers.Violation(
                $"Value '{Arn}' at 'streamARN' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
        }

        var (account, named) = (match.Groups[1].Value, match.Groups[2].Value);
        if (account != lake.AccountId)
        {
            throw new AwsException(
                "AccessDeniedException",
                400,
                $"the stream of {Arn} is in another account than this lake ({lake.AccountId})");
        }

        return Name is null || Name == named
            ? named
            : throw KinesisErrors.InvalidArgument($"StreamName {Name} and StreamARN {Arn} name different streams.");
    }

    public StreamDescription Find(IStreams streams, LakeIdentity lake)
    {
        var name = Resolve(lake);
        return streams.Find(name) ?? throw KinesisErrors.NotFound(name, lake.AccountId);
    }

    /// <summary>The stream of a page token, which must be the one that an ARN beside it names.</summary>
    public StreamDescription Continue(PageToken token, IStreams streams, LakeIdentity lake)
    {
        if (Arn is not null && Resolve(lake) != token.Stream)
        {
            throw KinesisErrors.InvalidArgument($"StreamARN {Arn} names another stream than the NextToken.");
        }

        return IsName(token.Stream) && streams.Find(token.Stream) is { } stream && stream.Id == token.StreamId
            ? stream
            : throw KinesisErrors.NotFound(token.Stream, lake.AccountId);
    }

    /// <summary>
    /// Refuses a stream of that name made at another time. To the second, as clients send no more of it.
    /// </summary>
    public static void CheckCreation(StreamDescription stream, DateTimeOffset? created, LakeIdentity lake)
    {
        if (created is { } time && time.ToUnixTimeSeconds() != stream.CreatedAt.ToUnixTimeSeconds())
        {
            throw KinesisErrors.NotFound(stream.Name, lake.AccountId);
        }
    }

    /// <summary>False for those of streams that the server holds for itself, whatever a token says.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    public static string CheckName(string name) => IsName(name)
        ? name
        : throw JsonMembers.Violation(
            $"Value '{name}' at 'streamName' failed to satisfy constraint: "
            + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have length 1 to 128");

    public static string ArnOf(LakeIdentity lake, string name) => lake.Arn("kinesis", "stream/" + name);

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:kinesis:[a-z0-9-]*:([0-9]{12}):stream/([a-zA-Z0-9_.-]{1,128})\z")]
    private static partial Regex ArnPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,128}\z")]
    private static partial Regex NamePattern();
}
