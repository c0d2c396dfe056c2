using Tarn.Aws.Athena;

namespace Tarn.Aws.Protocol;

/// <summary>
/// The one table of operations that are refused on purpose, with the reason and what to do instead. The error says it,
/// and the coverage page prints it.
/// </summary>
internal static class Refusals
{
    private const string Policies = "streams are for the root key alone, so a policy would have nobody to let in";
    private const string PoliciesHint = "keep the AWS port to those who may use every stream";
    private const string Channels = "records reach the lake's objects by delivery streams";
    private const string ChannelsHint = "declare a delivery stream over the stream in lake.yaml";
    private const string Encryption = "segments are written as they come";
    private const string EncryptionHint = "put the data directory on an encrypted disk";
    private const string DeliveryEncryption = "records wait in the log as they come";

    public static readonly IReadOnlyList<(AwsService Service, string Operation, string Reason, string Hint)> Rows =
    [
        (AwsService.Kinesis, "CreateChannel", Channels, ChannelsHint),
        (AwsService.Kinesis, "DeleteChannel", Channels, ChannelsHint),
        (AwsService.Kinesis, "DeleteResourcePolicy", Policies, PoliciesHint),
        (AwsService.Kinesis, "DescribeChannel", Channels, ChannelsHint),
        (AwsService.Kinesis, "GetResourcePolicy", Policies, PoliciesHint),
        (AwsService.Kinesis, "ListChannels", Channels, ChannelsHint),
        (AwsService.Kinesis, "PutResourcePolicy", Policies, PoliciesHint),
        (AwsService.Kinesis, "StartStreamEncryption", Encryption, EncryptionHint),
        (AwsService.Kinesis, "StopStreamEncryption", Encryption, EncryptionHint),
        (AwsService.Kinesis, "UpdateChannel", Channels, ChannelsHint),
        (
            AwsService.Kinesis,
            "UpdateStreamRecordDistributionStrategy",
            "a record's shard is that of its partition key or explicit hash key, always",
            "give records random partition keys to spread them evenly"),
        (
            AwsService.Kinesis,
            "UpdateStreamWarmThroughput",
            "a stream takes what the disk takes and has no capacity to keep warm",
            "leave it out; SplitShard and UpdateShardCount spread a stream"),
        (AwsService.Firehose, "StartDeliveryStreamEncryption", DeliveryEncryption, EncryptionHint),
        (AwsService.Firehose, "StopDeliveryStreamEncryption", DeliveryEncryption, EncryptionHint),
        .. AthenaRefusals.Rows,
        .. ObjectRefusals.Rows,
    ];

    /// <summary>Reason and hint as the end of an error's message, or nothing.</summary>
    public static string Explain(AwsService service, string operation) =>
        Rows.FirstOrDefault(row => row.Service == service && row.Operation == operation) is { Reason: not null } row
            ? $": {row.Reason}. {row.Hint}"
            : "";
}
