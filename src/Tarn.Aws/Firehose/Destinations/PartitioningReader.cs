using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// Reads dynamic partitioning: the keys in the prefix, the processors that give them and the buffer go together.
/// </summary>
internal static class PartitioningReader
{
    private const int SizeInMBsMin = 64;
    private const int IntervalInSecondsMin = 60;
    private const string QueryKeys = "!{partitionKeyFromQuery:";
    private const string LambdaKeys = "!{partitionKeyFromLambda:";

    /// <summary>The partitioning, or null where it is not enabled.</summary>
    /// <param name="settings">The whole destination, with its defaults.</param>
    public static DynamicPartitioning? Read(ExtendedS3Settings settings)
    {
        if (settings.DynamicPartitioningConfiguration is not { Enabled: true } dynamic)
        {
            RefuseProcessors(settings.ProcessingConfiguration);
            return null;
        }

        CheckBuffer(settings.BufferingHints!);
        CheckKeys(settings, Has(settings.Prefix, QueryKeys), Has(settings.Prefix, LambdaKeys));
        return new DynamicPartitioning
        {
            RetrySeconds = dynamic.RetryOptions?.DurationInSeconds ?? RetryOptions.DefaultSeconds,
        };
    }

    /// <summary>Refuses processors that only partitioning has a use for.</summary>
    public static void RefuseProcessors(ProcessingConfiguration? processing)
    {
        foreach (var type in (string[])[ProcessorType.MetadataExtraction, ProcessorType.Deaggregation])
        {
            if (processing is { Enabled: true, Processors: { } processors } && StepReader.Has(processors, type))
            {
                throw FirehoseErrors.InvalidArgument(
                    $"{type}Processor can only be present when Dynamic Partitioning is enabled.");
            }
        }
    }

    private static void CheckBuffer(BufferingHints hints)
    {
        if (hints.SizeInMBs < SizeInMBsMin)
        {
            throw FirehoseErrors.InvalidArgument(
                "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        }

        if (hints.IntervalInSeconds < IntervalInSecondsMin)
        {
            throw FirehoseErrors.InvalidArgument(
                "BufferingHints.IntervalInSeconds must be at least 60 seconds when Dynamic Partitioning is enabled.");
        }
    }

    private static void CheckKeys(ExtendedS3Settings settings, bool hasQueryKeys, bool hasLambdaKeys)
    {
        var processors = settings.ProcessingConfiguration is { Enabled: true } processing
            ? processing.Processors ?? []
            : [];
        var hasQuery = StepReader.Has(processors, ProcessorType.MetadataExtraction);
        var hasLambda = StepReader.Has(processors, ProcessorType.Lambda);
        var wrong = (hasQuery || hasLambda, hasQueryKeys || hasLambdaKeys) switch
        {
            (false, _) => "Processing Configuration is not enabled when DataPartitioning is enabled",
            (_, false) =>
                "S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled",
            _ when hasLambdaKeys && !hasLambda =>
                "Lambda should be present when S3 Prefix contains keys from partitionKeyFromLambda namespace",
            _ when hasQueryKeys && !hasQuery =>
                "MetadataExtraction processor should be present when S3 Prefix has partitionKeyFromQuery namespace.",
            _ => null,
        };
        if (wrong is not null)
        {
            throw FirehoseErrors.InvalidArgument(wrong);
        }
    }

    private static bool Has(string? prefix, string expression) =>
        prefix?.Contains(expression, StringComparison.Ordinal) == true;
}
