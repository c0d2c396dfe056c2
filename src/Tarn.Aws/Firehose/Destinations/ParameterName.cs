namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html</summary>
internal static class ParameterName
{
    public const string BufferIntervalInSeconds = "BufferIntervalInSeconds";
    public const string BufferSizeInMBs = "BufferSizeInMBs";
    public const string CompressionFormat = "CompressionFormat";
    public const string DataMessageExtraction = "DataMessageExtraction";
    public const string Delimiter = "Delimiter";
    public const string JsonParsingEngine = "JsonParsingEngine";
    public const string LambdaArn = "LambdaArn";
    public const string MetadataExtractionQuery = "MetadataExtractionQuery";
    public const string NumberOfRetries = "NumberOfRetries";
    public const string RoleArn = "RoleArn";
    public const string SubRecordType = "SubRecordType";
}
