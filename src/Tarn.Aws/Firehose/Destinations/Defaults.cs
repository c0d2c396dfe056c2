namespace Tarn.Aws.Firehose.Destinations;

/// <summary>What AWS fills in where a destination says nothing, so that a description tells all that holds.</summary>
internal static class Defaults
{
    private const int SizeInMBs = 5;
    private const int IntervalInSeconds = 300;

    /// <summary>Where records are converted or partitioned: few small files come of it otherwise.</summary>
    private const int GatheredSizeInMBs = 128;

    public static ExtendedS3Settings Of(ExtendedS3Settings settings)
    {
        var isGathered = settings.DataFormatConversionConfiguration is { Enabled: not false }
            || settings.DynamicPartitioningConfiguration is { Enabled: true };
        return (ExtendedS3Settings)Of(settings, isGathered ? GatheredSizeInMBs : SizeInMBs) with
        {
            S3BackupMode = settings.S3BackupMode ?? ExtendedS3Settings.BackupDisabled,
            S3BackupConfiguration = settings.S3BackupConfiguration is { } backup ? Of(backup, SizeInMBs) : null,
            ProcessingConfiguration = Of(settings.ProcessingConfiguration, settings.RoleARN),
            DynamicPartitioningConfiguration = settings.DynamicPartitioningConfiguration is { Enabled: true } dynamic
                ? dynamic with { RetryOptions = Of(dynamic.RetryOptions) }
                : settings.DynamicPartitioningConfiguration,
        };
    }

    public static HttpEndpointSettings Of(HttpEndpointSettings settings) => settings with
    {
        BufferingHints = settings.BufferingHints
            ?? new HttpEndpointBufferingHints { SizeInMBs = SizeInMBs, IntervalInSeconds = IntervalInSeconds },
        CloudWatchLoggingOptions = Of(settings.CloudWatchLoggingOptions),
        RequestConfiguration = (settings.RequestConfiguration ?? new HttpEndpointRequestConfiguration()) with
        {
            ContentEncoding = settings.RequestConfiguration?.ContentEncoding ?? HttpEndpointRequestConfiguration.Plain,
        },
        ProcessingConfiguration = Of(settings.ProcessingConfiguration, settings.RoleARN),
        RetryOptions = Of(settings.RetryOptions),
        S3BackupMode = settings.S3BackupMode ?? HttpEndpointSettings.BackupFailed,
        S3Configuration = Of(settings.S3Configuration!, SizeInMBs),
    };

    private static S3Settings Of(S3Settings settings, int sizeInMBs) => settings with
    {
        BufferingHints = settings.BufferingHints
            ?? new BufferingHints { SizeInMBs = sizeInMBs, IntervalInSeconds = IntervalInSeconds },
        CompressionFormat = settings.CompressionFormat ?? Compressions.None,
        EncryptionConfiguration = settings.EncryptionConfiguration
            ?? new EncryptionConfiguration { NoEncryptionConfig = EncryptionConfiguration.None },
        CloudWatchLoggingOptions = Of(settings.CloudWatchLoggingOptions),
    };

    private static CloudWatchLoggingOptions Of(CloudWatchLoggingOptions? options) =>
        (options ?? new CloudWatchLoggingOptions()) with { Enabled = options?.Enabled ?? false };

    private static RetryOptions Of(RetryOptions? options) =>
        new() { DurationInSeconds = options?.DurationInSeconds ?? RetryOptions.DefaultSeconds };

    private static ProcessingConfiguration? Of(ProcessingConfiguration? processing, string? role) =>
        processing is null ? null : processing with
        {
            Enabled = processing.Enabled ?? false,
            Processors =
                [.. (processing.Processors ?? []).Select(processor => ProcessorRules.Complete(processor, role))],
        };
}
