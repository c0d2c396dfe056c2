using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>Reads record format conversion; what is wrong is told in AWS's words and order.</summary>
internal static class ConversionReader
{
    private const int SizeInMBsMin = 64;

    /// <summary>The conversion, or null where there is none or it is not enabled.</summary>
    /// <param name="settings">The whole destination, with its defaults.</param>
    /// <param name="account">Of the lake, whose catalog is the only one.</param>
    public static FormatConversion? Read(ExtendedS3Settings settings, string account)
    {
        if (settings.DataFormatConversionConfiguration is not { Enabled: not false } conversion)
        {
            return null;
        }

        if (settings.CompressionFormat != Compressions.None)
        {
            throw FirehoseErrors.InvalidArgument(
                "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is "
                + "enabled. To enable compression within the converted output format, set the appropriate "
                + "serialization option in the output format configuration.");
        }

        if (settings.BufferingHints!.SizeInMBs < SizeInMBsMin)
        {
            throw FirehoseErrors.InvalidArgument(
                "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.");
        }

        var input = conversion.InputFormatConfiguration ?? throw Missing("InputFormatConfiguration");
        var output = conversion.OutputFormatConfiguration ?? throw Missing("OutputFormatConfiguration");
        var schema = conversion.SchemaConfiguration ?? throw Missing("SchemaConfiguration");
        var serDe = Read(input.Deserializer ?? new Deserializer());
        var parquet = Read(output.Serializer?.ParquetSerDe ?? throw Missing("Serializer"));
        _ = schema.RoleARN ?? throw MissingInSchema("RoleArn");
        if (schema.CatalogId is { } catalog && catalog != account)
        {
            throw FirehoseErrors.InvalidArgument(
                $"Catalog {catalog} in SchemaConfiguration not found: this lake's catalog is {account}.");
        }

        return new FormatConversion
        {
            Input = serDe,
            Output = parquet,
            Database = schema.DatabaseName ?? throw MissingInSchema("DatabaseName"),
            Table = schema.TableName ?? throw MissingInSchema("TableName"),
            VersionId = schema.VersionId ?? FormatConversion.LatestVersion,
        };
    }

    private static JsonSerDe Read(Deserializer deserializer) => deserializer switch
    {
        { OpenXJsonSerDe: null, HiveJsonSerDe: null } => throw Missing("Deserializer"),
        { OpenXJsonSerDe: { } openX, HiveJsonSerDe: null } => Read(openX),
        { OpenXJsonSerDe: null, HiveJsonSerDe: { } hive } =>
            new HiveJsonSerDe { TimestampFormats = hive.TimestampFormats ?? [] },
        _ => throw FirehoseErrors.InvalidArgument("More than one deserializer specified. Only one may be chosen."),
    };

    private static OpenXJsonSerDe Read(OpenXSettings openX)
    {
        var serDe = new OpenXJsonSerDe();
        return serDe with
        {
            CaseInsensitive = openX.CaseInsensitive ?? serDe.CaseInsensitive,
            ConvertDots = openX.ConvertDotsInJsonKeysToUnderscores ?? serDe.ConvertDots,
            ColumnToKey = openX.ColumnToJsonKeyMappings ?? serDe.ColumnToKey,
        };
    }

    private static ParquetOutput Read(ParquetSettings settings)
    {
        var output = new ParquetOutput();
        return output with
        {
            Compression = settings.Compression is { } compression
                ? Enum.Parse<ParquetCompression>(compression, ignoreCase: true)
                : output.Compression,
            BlockBytes = settings.BlockSizeBytes ?? output.BlockBytes,
            PageBytes = settings.PageSizeBytes ?? output.PageBytes,
            MaxPaddingBytes = settings.MaxPaddingBytes ?? output.MaxPaddingBytes,
            EnableDictionary = settings.EnableDictionaryCompression ?? output.EnableDictionary,
            WriterVersion = settings.WriterVersion is { } version
                ? Enum.Parse<ParquetWriterVersion>(version)
                : output.WriterVersion,
        };
    }

    private static Protocol.AwsException Missing(string member) =>
        FirehoseErrors.InvalidArgument(member + " must not be null");

    private static Protocol.AwsException MissingInSchema(string member) =>
        FirehoseErrors.InvalidArgument($"SchemaConfiguration.{member} must not be null or empty");
}
