using Tarn.Aws.Protocol;

namespace Tarn.Aws.Firehose;

/// <summary>Errors that more than one operation gives, in AWS's words.</summary>
internal static class FirehoseErrors
{
    public static AwsException InvalidArgument(string message) => new("InvalidArgumentException", 400, message);

    public static AwsException NotFound(string name, string account) =>
        new("ResourceNotFoundException", 400, $"Firehose {name} under account {account} not found.");

    public static AwsException AlreadyExists(string name, string account) =>
        new("ResourceInUseException", 400, $"Firehose {name} under accountId {account} already exists");

    public static AwsException WrongVersion(string name, string current, string specified) => new(
        "ConcurrentModificationException",
        400,
        $"Cannot update firehose: {name} since the current version id: {current} and specified version id: {specified} "
        + "do not match");
}
