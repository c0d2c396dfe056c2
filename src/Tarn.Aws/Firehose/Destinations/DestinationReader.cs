using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>Makes a delivery stream's destination of settings that are complete.</summary>
internal static class DestinationReader
{
    /// <param name="account">Of the lake.</param>
    public static ObjectDestination Read(ExtendedS3Settings settings, string account)
    {
        var conversion = ConversionReader.Read(settings, account);
        var steps = StepReader.Read(settings.ProcessingConfiguration);
        return new ObjectDestination
        {
            Output = OutputReader.Read(settings),
            Steps = steps,
            Partitioning = PartitioningReader.Read(settings),
            Conversion = conversion,
            Backup = settings.S3BackupMode == ExtendedS3Settings.BackupEnabled
                ? OutputReader.Read(settings.S3BackupConfiguration ?? throw FirehoseErrors.InvalidArgument(
                    "S3 backup destination configuration is required when enabling S3 backup."))
                : null,
        };
    }

    public static EndpointDestination Read(HttpEndpointSettings settings)
    {
        PartitioningReader.RefuseProcessors(settings.ProcessingConfiguration);
        var (size, interval) = OutputReader.CheckHints(
            settings.BufferingHints!.SizeInMBs, settings.BufferingHints.IntervalInSeconds);
        var attributes = settings.RequestConfiguration!.CommonAttributes ?? [];
        if (attributes.GroupBy(attribute => attribute.AttributeName).FirstOrDefault(group => group.Count() > 1)
            is { } repeated)
        {
            throw FirehoseErrors.InvalidArgument(
                $"Http Endpoint Common Attributes have duplicate name {repeated.Key}");
        }

        var endpoint = settings.EndpointConfiguration!;
        return new EndpointDestination
        {
            Url = endpoint.Url!,
            Name = endpoint.Name ?? "",
            AccessKey = endpoint.AccessKey is { Length: > 0 } key ? key : null,
            Gzip = settings.RequestConfiguration.ContentEncoding == HttpEndpointRequestConfiguration.Gzip,
            CommonAttributes =
            [
                .. attributes.Select(attribute =>
                    KeyValuePair.Create(attribute.AttributeName!, attribute.AttributeValue!)),
            ],
            BufferSeconds = interval,
            BufferBytesMax = size,
            RetrySeconds = settings.RetryOptions!.DurationInSeconds!.Value,
            Steps = StepReader.Read(settings.ProcessingConfiguration),
            Output = OutputReader.Read(settings.S3Configuration!),
            BackupAll = settings.S3BackupMode == HttpEndpointSettings.BackupAll,
        };
    }
}
