namespace Tarn.Aws.Firehose;

/// <summary>
/// Why members of Firehose's requests have no effect or are refused; errors and the coverage page say it.
/// </summary>
internal static class Reasons
{
    public const string Role = "no role is assumed: source, functions and bucket are parts of one lake";

    public const string LogNames = "only says where CloudWatch logs, which is refused";

    public const string CloudWatch =
        "there is no CloudWatch. errors are in the console, in `tarn delivery ls` and in the server's log";

    public const string KeyManagement =
        "there is no key management. leave it out, or say NoEncryption; put the data directory on an encrypted disk";

    public const string OrcFiles = "the lake writes Parquet. use ParquetSerDe";

    public const string Secrets =
        "there is no Secrets Manager. set AccessKey in EndpointConfiguration; descriptions do not tell it";

    public const string OtherDestinations =
        "records are delivered to S3 and to HTTP endpoints. use one of these, and let a job carry on from there";

    public const string OtherSources = "records come by DirectPut or from a Kinesis stream";

    public const string ThroughputHint = "for information in AWS too; a delivery stream takes what the disk takes";
}
