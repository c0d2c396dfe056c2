using Tarn.Aws.Protocol;

namespace Tarn.Aws.Kinesis;

/// <summary>Errors that more than one operation gives.</summary>
internal static class KinesisErrors
{
    public static AwsException InvalidArgument(string message) => new("InvalidArgumentException", 400, message);

    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    public static AwsException NotFound(string stream, string account) =>
        new("ResourceNotFoundException", 400, $"Stream {stream} under account {account} not found.");

    public static AwsException InUse(string message) => new("ResourceInUseException", 400, message);

    public static AwsException ShardNotFound(string shard, string stream, string account) => new(
        "ResourceNotFoundException", 400, $"Shard {shard} in stream {stream} under account {account} does not exist");

    /// <param name="consumer">Name or ARN, as it was given.</param>
    public static AwsException ConsumerNotFound(string consumer, string account) =>
        new("ResourceNotFoundException", 400, $"Consumer {consumer}, account {account} not found.");
}
