namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html</summary>
internal static class ProcessorType
{
    public const string AppendDelimiter = "AppendDelimiterToRecord";
    public const string CloudWatchLogs = "CloudWatchLogProcessing";
    public const string Deaggregation = "RecordDeAggregation";
    public const string Decompression = "Decompression";
    public const string Lambda = "Lambda";
    public const string MetadataExtraction = "MetadataExtraction";
}
