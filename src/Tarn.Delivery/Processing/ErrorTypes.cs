namespace Tarn.Delivery.Processing;

/// <summary>What <c>!{firehose:error-output-type}</c> stands for.</summary>
internal static class ErrorTypes
{
    public const string ProcessingFailed = "processing-failed";
    public const string DecompressionFailed = "decompression-failed";
    public const string FormatConversionFailed = "format-conversion-failed";
    public const string HttpEndpointFailed = "http-endpoint-failed";
}
