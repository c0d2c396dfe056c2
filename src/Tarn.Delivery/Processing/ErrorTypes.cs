namespace Tarn.Delivery.Processing;

/// <summary>What <c>!{firehose:error-output-type}</c> stands for.</summary>
internal static class ErrorTypes
{
    public const string ProcessingFailed = "processing-failed";
    public const string DecompressionFailed = "decompression-failed";

    /// <summary>Partition keys were not found; what Firehose writes, though its guide does not list it.</summary>
    public const string MetadataExtractionFailed = "metadata-extraction-failed";

    public const string FormatConversionFailed = "format-conversion-failed";
    public const string HttpEndpointFailed = "http-endpoint-failed";

    public static readonly IReadOnlyList<string> All =
        [ProcessingFailed, DecompressionFailed, MetadataExtractionFailed, FormatConversionFailed, HttpEndpointFailed];
}
