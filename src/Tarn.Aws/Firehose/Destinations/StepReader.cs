using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// Makes steps of processors that are complete. What is wrong with one is told in AWS's words where they are known.
/// </summary>
internal static partial class StepReader
{
    private const int ProcessorsMax = 5;

    /// <summary>The steps; none where processing is not enabled, though processors are checked then too.</summary>
    public static IReadOnlyList<RecordStep> Read(ProcessingConfiguration? processing)
    {
        var processors = processing?.Processors ?? [];
        var isEnabled = processing?.Enabled == true;
        if (isEnabled && processors.Count is < 1 or > ProcessorsMax)
        {
            throw FirehoseErrors.InvalidArgument(
                "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled.");
        }

        if (processors.GroupBy(processor => processor.Type).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw FirehoseErrors.InvalidArgument($"Cannot have more than 1 {repeated.Key} processor.");
        }

        var steps = processors.Select(Read).OfType<RecordStep>().ToList();
        if (Has(processors, ProcessorType.CloudWatchLogs) && !Has(processors, ProcessorType.Decompression))
        {
            throw FirehoseErrors.InvalidArgument(
                "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor");
        }

        return isEnabled ? steps : [];
    }

    public static bool Has(IReadOnlyList<ProcessorSettings> processors, string type) =>
        processors.Any(processor => processor.Type == type);

    /// <summary>The step, or null for a processor that is set to do nothing.</summary>
    private static RecordStep? Read(ProcessorSettings processor) => processor.Type switch
    {
        ProcessorType.AppendDelimiter => processor.Find(ParameterName.Delimiter) is { } delimiter
            ? new DelimiterStep { Delimiter = delimiter }
            : new DelimiterStep(),
        ProcessorType.CloudWatchLogs => ReadExtraction(processor) ? new CloudWatchLogsStep() : null,
        ProcessorType.Deaggregation => ReadDeaggregation(processor),
        ProcessorType.Decompression => processor.Find(ParameterName.CompressionFormat) is null or "GZIP"
            ? new DecompressStep()
            : throw FirehoseErrors.InvalidArgument("CompressionFormat has to be GZIP"),
        ProcessorType.Lambda => ReadLambda(processor),
        _ => ReadMetadata(processor),
    };

    private static bool ReadExtraction(ProcessorSettings processor) =>
        processor.Find(ParameterName.DataMessageExtraction)?.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw FirehoseErrors.InvalidArgument(
                "Invalid parameter value for DataMessageExtraction. Allowed values are True and False."),
        };

    private static DeaggregateStep ReadDeaggregation(ProcessorSettings processor)
    {
        var delimiter = processor.Find(ParameterName.Delimiter);
        return processor.Find(ParameterName.SubRecordType) switch
        {
            "JSON" => delimiter is null
                ? new DeaggregateStep { Form = SubRecordForm.Json }
                : throw FirehoseErrors.InvalidArgument("Delimiter can only be present for DELIMITED"),
            "DELIMITED" => new DeaggregateStep
            {
                Form = SubRecordForm.Delimited,
                Delimiter = delimiter
                    ?? throw FirehoseErrors.InvalidArgument("Delimiter should be present for DELIMITED"),
            },
            _ => throw FirehoseErrors.InvalidArgument("SubRecordType has to be one of JSON, DELIMITED"),
        };
    }

    private static MetadataStep ReadMetadata(ProcessorSettings processor)
    {
        if (processor.Find(ParameterName.JsonParsingEngine) != "JQ-1.6")
        {
            throw FirehoseErrors.InvalidArgument("MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6");
        }

        return new MetadataStep
        {
            Query = processor.Find(ParameterName.MetadataExtractionQuery)
                ?? throw FirehoseErrors.InvalidArgument(
                    "MetadataExtractionQuery is required when MetadataExtraction processor is used."),
        };
    }

    private static LambdaStep ReadLambda(ProcessorSettings processor)
    {
        var function = processor.Find(ParameterName.LambdaArn)
            ?? throw FirehoseErrors.InvalidArgument("LambdaArn is required when Lambda processor is used.");
        if (!LambdaArn().IsMatch(function))
        {
            throw FirehoseErrors.InvalidArgument("Invalid lambda ARN.");
        }

        return new LambdaStep
        {
            FunctionArn = function,
            BufferBytesMax = (long)(ReadSize(processor.Find(ParameterName.BufferSizeInMBs)!) * (1 << 20)),
            BufferSeconds = ReadNumber(
                processor.Find(ParameterName.BufferIntervalInSeconds)!,
                900,
                "BufferIntervalInSeconds for lambda processor"),
            Retries = ReadNumber(
                processor.Find(ParameterName.NumberOfRetries)!, 300, "Number of retries for lambda"),
        };
    }

    private static int ReadNumber(string text, int max, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw FirehoseErrors.InvalidArgument($"{what} must be between 0 and {max}.");

    private static decimal ReadSize(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
            && size is >= 0.2m and <= 3m
            ? size
            : throw FirehoseErrors.InvalidArgument("BufferSizeInMBs for lambda processor must be between 0.2 and 3.");

    [GeneratedRegex(
        @"\Aarn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]{1,64}"
        + @"(:(\$LATEST|[a-zA-Z0-9_-]{1,128}))?\z")]
    private static partial Regex LambdaArn();
}
