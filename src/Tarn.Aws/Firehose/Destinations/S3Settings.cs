using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_S3DestinationConfiguration.html</summary>
internal record S3Settings
{
    [Member(IsNeededToCreate = true, Min = 1, Max = 512, Pattern = ModelPatterns.RoleArn, NoEffect = Reasons.Role)]
    public string? RoleARN { get; init; }

    [Member(IsNeededToCreate = true, Min = 1, Max = 2048, Pattern = @"arn:.*:s3:::[\w\.\-]{1,255}")]
    public string? BucketARN { get; init; }

    [Member(Max = 1024)]
    public string? Prefix { get; init; }

    [Member(Max = 1024)]
    public string? ErrorOutputPrefix { get; init; }

    public BufferingHints? BufferingHints { get; init; }

    [Member(Choices = ["ZIP", "HADOOP_SNAPPY", "Snappy", "GZIP", "UNCOMPRESSED"])]
    public string? CompressionFormat { get; init; }

    [Member(IsReplaced = true)]
    public EncryptionConfiguration? EncryptionConfiguration { get; init; }

    public CloudWatchLoggingOptions? CloudWatchLoggingOptions { get; init; }
}
