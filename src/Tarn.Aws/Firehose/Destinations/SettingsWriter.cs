using System.Globalization;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// Settings of a delivery stream that no request of Firehose made, such as one of a lake project, in Firehose's form.
/// </summary>
internal static class SettingsWriter
{
    public static ExtendedS3Settings Write(ObjectDestination destination, LakeIdentity lake)
    {
        var zone = destination.Output.TimeZone;
        var settings = (ExtendedS3Settings)Write(new ExtendedS3Settings(), destination.Output, lake);
        return settings with
        {
            ProcessingConfiguration = Write(destination.Steps, settings.RoleARN!),
            S3BackupMode = destination.Backup is null
                ? ExtendedS3Settings.BackupDisabled
                : ExtendedS3Settings.BackupEnabled,
            S3BackupConfiguration = destination.Backup is { } backup ? Write(new S3Settings(), backup, lake) : null,
            DataFormatConversionConfiguration = destination.Conversion is { } conversion
                ? Write(conversion, settings.RoleARN!)
                : null,
            DynamicPartitioningConfiguration = destination.Partitioning is { } partitioning
                ? new DynamicPartitioningConfiguration
                {
                    Enabled = true,
                    RetryOptions = new RetryOptions { DurationInSeconds = partitioning.RetrySeconds },
                }
                : null,
            FileExtension = destination.Output.FileExtension,
            CustomTimeZone = zone == "UTC" ? null : zone,
        };
    }

    public static HttpEndpointSettings Write(EndpointDestination destination, LakeIdentity lake) => new()
    {
        EndpointConfiguration = new HttpEndpointConfiguration
        {
            Url = destination.Url,
            Name = destination.Name.Length == 0 ? null : destination.Name,
            AccessKey = destination.AccessKey,
        },
        BufferingHints = new HttpEndpointBufferingHints
        {
            SizeInMBs = (int)(destination.BufferBytesMax >> 20),
            IntervalInSeconds = destination.BufferSeconds,
        },
        CloudWatchLoggingOptions = new CloudWatchLoggingOptions { Enabled = false },
        RequestConfiguration = new HttpEndpointRequestConfiguration
        {
            ContentEncoding = destination.Gzip
                ? HttpEndpointRequestConfiguration.Gzip
                : HttpEndpointRequestConfiguration.Plain,
            CommonAttributes =
            [
                .. destination.CommonAttributes.Select(attribute => new HttpEndpointCommonAttribute
                {
                    AttributeName = attribute.Key, AttributeValue = attribute.Value,
                }),
            ],
        },
        ProcessingConfiguration = Write(destination.Steps, Role(lake)),
        RetryOptions = new RetryOptions { DurationInSeconds = destination.RetrySeconds },
        S3BackupMode = destination.BackupAll ? HttpEndpointSettings.BackupAll : HttpEndpointSettings.BackupFailed,
        S3Configuration = Write(new S3Settings(), destination.Output, lake),
    };

    /// <summary>Descriptions must tell a role, and nothing is assumed here.</summary>
    public static string Role(LakeIdentity lake) => $"arn:aws:iam::{lake.AccountId}:role/tarn";

    private static S3Settings Write(S3Settings settings, ObjectOutput output, LakeIdentity lake) => settings with
    {
        RoleARN = Role(lake),
        BucketARN = "arn:aws:s3:::" + output.Bucket,
        Prefix = output.Prefix,
        ErrorOutputPrefix = output.ErrorPrefix.Length == 0 ? null : output.ErrorPrefix,
        BufferingHints = new BufferingHints
        {
            SizeInMBs = (int)(output.BufferBytesMax >> 20),
            IntervalInSeconds = output.BufferSeconds,
        },
        CompressionFormat = Compressions.NameOf(output.Compression),
        EncryptionConfiguration = new EncryptionConfiguration { NoEncryptionConfig = EncryptionConfiguration.None },
        CloudWatchLoggingOptions = new CloudWatchLoggingOptions { Enabled = false },
    };

    private static ProcessingConfiguration? Write(IReadOnlyList<RecordStep> steps, string role) =>
        steps.Count == 0 ? null : new ProcessingConfiguration
        {
            Enabled = true,
            Processors = [.. steps.Select(step => ProcessorRules.Complete(Write(step), role))],
        };

    private static ProcessorSettings Write(RecordStep step) => step switch
    {
        DecompressStep => Make(ProcessorType.Decompression),
        CloudWatchLogsStep => Make(ProcessorType.CloudWatchLogs, (ParameterName.DataMessageExtraction, "true")),
        DeaggregateStep { Form: SubRecordForm.Json } =>
            Make(ProcessorType.Deaggregation, (ParameterName.SubRecordType, "JSON")),
        DeaggregateStep deaggregate => Make(
            ProcessorType.Deaggregation,
            (ParameterName.SubRecordType, "DELIMITED"),
            (ParameterName.Delimiter, deaggregate.Delimiter!)),
        LambdaStep lambda => Make(
            ProcessorType.Lambda,
            (ParameterName.LambdaArn, lambda.FunctionArn),
            (ParameterName.NumberOfRetries, Text(lambda.Retries)),
            (ParameterName.BufferSizeInMBs, Text(Math.Round(lambda.BufferBytesMax / (decimal)(1 << 20), 6))),
            (ParameterName.BufferIntervalInSeconds, Text(lambda.BufferSeconds))),
        MetadataStep metadata => Make(
            ProcessorType.MetadataExtraction,
            (ParameterName.MetadataExtractionQuery, metadata.Query),
            (ParameterName.JsonParsingEngine, "JQ-1.6")),
        DelimiterStep delimiter => Make(
            ProcessorType.AppendDelimiter, (ParameterName.Delimiter, delimiter.Delimiter)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ProcessorSettings Make(string type, params IEnumerable<(string Name, string Value)> parameters) =>
        new()
        {
            Type = type,
            Parameters =
            [
                .. parameters.Select(parameter => new ProcessorParameter
                {
                    ParameterName = parameter.Name, ParameterValue = parameter.Value,
                }),
            ],
        };

    private static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static DataFormatConversionConfiguration Write(FormatConversion conversion, string role) => new()
    {
        Enabled = true,
        SchemaConfiguration = new SchemaConfiguration
        {
            RoleARN = role,
            DatabaseName = conversion.Database,
            TableName = conversion.Table,
            VersionId = conversion.VersionId,
        },
        InputFormatConfiguration = new InputFormatConfiguration
        {
            Deserializer = conversion.Input switch
            {
                HiveJsonSerDe hive => new Deserializer
                {
                    HiveJsonSerDe = new HiveSettings { TimestampFormats = hive.TimestampFormats },
                },
                OpenXJsonSerDe openX => new Deserializer
                {
                    OpenXJsonSerDe = new OpenXSettings
                    {
                        CaseInsensitive = openX.CaseInsensitive,
                        ConvertDotsInJsonKeysToUnderscores = openX.ConvertDots,
                        ColumnToJsonKeyMappings = openX.ColumnToKey,
                    },
                },
                _ => throw new System.Diagnostics.UnreachableException(),
            },
        },
        OutputFormatConfiguration = new OutputFormatConfiguration
        {
            Serializer = new Serializer
            {
                ParquetSerDe = new ParquetSettings
                {
                    BlockSizeBytes = conversion.Output.BlockBytes,
                    PageSizeBytes = conversion.Output.PageBytes,
                    Compression = conversion.Output.Compression.ToString().ToUpperInvariant(),
                    EnableDictionaryCompression = conversion.Output.EnableDictionary,
                    MaxPaddingBytes = conversion.Output.MaxPaddingBytes,
                    WriterVersion = conversion.Output.WriterVersion.ToString(),
                },
            },
        },
    };
}
