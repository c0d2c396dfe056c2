using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.S3.Notifications;

/// <summary>What is wrong with notification settings, in S3's words where it has them.</summary>
internal static class NotificationErrors
{
    public static AwsException OtherTarget(string element, LakeIdentity lake) => new(
        "NotImplemented",
        501,
        $"tarn does not support element {element} of NotificationConfiguration: events go to streams of this lake. "
        + $"Use a QueueConfiguration whose Queue is {StreamRef.ArnOf(lake, "NAME")}");

    public static AwsException NotAStream(string arn, LakeIdentity lake) => new(
        "InvalidArgument",
        400,
        "A specified destination ARN does not exist or is not well-formed. Verify the destination ARN. "
        + $"Here it is that of a stream of this lake, {StreamRef.ArnOf(lake, "NAME")}")
    {
        Elements = [new("ArgumentName", "Queue"), new("ArgumentValue", arn)],
    };

    public static AwsException Unvalidated(string arn, string why) => new(
        "InvalidArgument", 400, "Unable to validate the following destination configurations")
    {
        Elements = [new("ArgumentName1", arn), new("ArgumentValue1", why)],
    };

    public static AwsException FilterTwice(string name) =>
        S3Errors.InvalidArgument($"Cannot specify more than one {name} rule in a filter.");
}
