using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
/// </summary>
internal sealed record ExtendedS3Settings : S3Settings
{
    public const string BackupEnabled = "Enabled";
    public const string BackupDisabled = "Disabled";

    [Member(IsReplaced = true)]
    public ProcessingConfiguration? ProcessingConfiguration { get; init; }

    [Member(Choices = [BackupDisabled, BackupEnabled])]
    public string? S3BackupMode { get; init; }

    [Member(InUpdate = "S3BackupUpdate", InDescription = "S3BackupDescription")]
    public S3Settings? S3BackupConfiguration { get; init; }

    public DataFormatConversionConfiguration? DataFormatConversionConfiguration { get; init; }

    public DynamicPartitioningConfiguration? DynamicPartitioningConfiguration { get; init; }

    [Member(Max = 128, Pattern = @"^$|\.[0-9a-z!\-_.*'()]+")]
    public string? FileExtension { get; init; }

    [Member(Max = 50, Pattern = "^$|[a-zA-Z/_]+")]
    public string? CustomTimeZone { get; init; }
}
