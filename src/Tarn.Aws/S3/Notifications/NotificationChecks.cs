using System.Text;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Aws.S3.Notifications;

/// <summary>What S3 demands of notification settings beyond their form.</summary>
internal static class NotificationChecks
{
    private const int FilterBytesMax = 1024;

    /// <summary>Events of AWS's that never come to pass here, since what would cause them is refused.</summary>
    private static readonly string[] NeverHere =
    [
        "s3:ReducedRedundancyLostObject", "s3:ObjectRestore:", "s3:Replication:", "s3:LifecycleTransition",
        "s3:IntelligentTiering", "s3:ObjectAcl:",
    ];

    /// <summary>The name of the stream. Its region may be any, as that of every request may.</summary>
    public static string Stream(string arn, LakeIdentity lake)
    {
        try
        {
            return new StreamRef(Name: null, arn).Resolve(lake);
        }
        catch (AwsException)
        {
            throw NotificationErrors.NotAStream(arn, lake);
        }
    }

    public static string Event(string name)
    {
        if (ObjectEventNames.Patterns.Contains(name))
        {
            return name;
        }

        throw NeverHere.Any(never => name.StartsWith(never, StringComparison.Ordinal))
            ? new AwsException(
                "NotImplemented", 501, $"tarn does not support event {name}: nothing here can cause it")
            : S3Errors.InvalidArgument($"A specified event is not supported for notifications: {name}");
    }

    public static string FilterValue(string value) => Encoding.UTF8.GetByteCount(value) <= FilterBytesMax
        ? value
        : throw S3Errors.InvalidArgument(
            "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation");

    /// <summary>Ids are unique, and no event of any key is meant by two rules.</summary>
    public static void Check(List<NotificationRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var other in rules.Skip(i + 1))
            {
                if (rules[i].Id == other.Id)
                {
                    throw S3Errors.InvalidArgument($"Same ID used for multiple configurations: {other.Id}");
                }

                if (Overlap(rules[i], other))
                {
                    throw S3Errors.InvalidArgument(
                        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the "
                        + "prefixes are overlapping for the same event type.");
                }
            }
        }
    }

    private static bool Overlap(NotificationRule one, NotificationRule other) =>
        one.Events.Any(name => other.Events.Any(otherName => ObjectEventNames.Overlap(name, otherName)))
        && IsOneTheBeginning(one.Prefix ?? "", other.Prefix ?? "")
        && IsOneTheEnd(one.Suffix ?? "", other.Suffix ?? "");

    private static bool IsOneTheBeginning(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static bool IsOneTheEnd(string one, string other) =>
        one.EndsWith(other, StringComparison.Ordinal) || other.EndsWith(one, StringComparison.Ordinal);
}
