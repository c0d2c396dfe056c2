using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>What is wrong with lifecycle rules, in S3's words where it has them.</summary>
internal static class LifecycleErrors
{
    public static AwsException Invalid(string message) => new("InvalidRequest", 400, message);

    public static AwsException Transition(string element) => new(
        "NotImplemented",
        501,
        $"tarn does not support element {element} of Rule: there is one storage class, and objects stay in it");

    public static AwsException NotPositive(string member, string action) =>
        S3Errors.InvalidArgument($"'{member}' for {action} action must be a positive integer");
}
