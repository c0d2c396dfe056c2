using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointDestinationConfiguration.html
/// </summary>
internal sealed record HttpEndpointSettings
{
    public const string BackupFailed = "FailedDataOnly";
    public const string BackupAll = "AllData";

    [Member(IsNeededToCreate = true)]
    public HttpEndpointConfiguration? EndpointConfiguration { get; init; }

    public HttpEndpointBufferingHints? BufferingHints { get; init; }

    public CloudWatchLoggingOptions? CloudWatchLoggingOptions { get; init; }

    public HttpEndpointRequestConfiguration? RequestConfiguration { get; init; }

    [Member(IsReplaced = true)]
    public ProcessingConfiguration? ProcessingConfiguration { get; init; }

    [Member(Min = 1, Max = 512, Pattern = ModelPatterns.RoleArn, NoEffect = Reasons.Role)]
    public string? RoleARN { get; init; }

    public RetryOptions? RetryOptions { get; init; }

    [Member(Choices = [BackupFailed, BackupAll])]
    public string? S3BackupMode { get; init; }

    [Member(IsNeededToCreate = true, InUpdate = "S3Update", InDescription = "S3DestinationDescription")]
    public S3Settings? S3Configuration { get; init; }

    [Member(Refused = Reasons.Secrets)]
    public string? SecretsManagerConfiguration { get; init; }
}
