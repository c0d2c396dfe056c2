using Tarn.Primitives.Errors;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// Which parameters each type of processor has, in the order in which AWS describes them, and their defaults.
/// </summary>
internal static class ProcessorRules
{
    private static readonly Dictionary<string, IReadOnlyList<(string Name, string? Default)>> Parameters = new()
    {
        [ProcessorType.AppendDelimiter] = [(ParameterName.Delimiter, null)],
        [ProcessorType.CloudWatchLogs] = [(ParameterName.DataMessageExtraction, null)],
        [ProcessorType.Deaggregation] = [(ParameterName.SubRecordType, null), (ParameterName.Delimiter, null)],
        [ProcessorType.Decompression] = [(ParameterName.CompressionFormat, "GZIP")],
        [ProcessorType.Lambda] =
        [
            (ParameterName.LambdaArn, null), (ParameterName.NumberOfRetries, "3"), (ParameterName.RoleArn, null),
            (ParameterName.BufferSizeInMBs, "1"), (ParameterName.BufferIntervalInSeconds, "60"),
        ],
        [ProcessorType.MetadataExtraction] =
            [(ParameterName.MetadataExtractionQuery, null), (ParameterName.JsonParsingEngine, null)],
    };

    /// <summary>The processor with the parameters that hold where it says nothing.</summary>
    /// <param name="role">That of the destination.</param>
    public static ProcessorSettings Complete(ProcessorSettings processor, string? role)
    {
        Check(processor);
        return processor with
        {
            Parameters =
            [
                .. from parameter in Parameters[processor.Type!]
                   let value = processor.Find(parameter.Name)
                       ?? (parameter.Name == ParameterName.RoleArn ? role : parameter.Default)
                   where value is not null
                   select new ProcessorParameter { ParameterName = parameter.Name, ParameterValue = value },
            ],
        };
    }

    /// <summary>
    /// Refuses a parameter that is there twice, without the one it goes with, or that the processor does not have.
    /// </summary>
    private static void Check(ProcessorSettings processor)
    {
        var names = (processor.Parameters ?? []).Select(parameter => parameter.ParameterName!).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw FirehoseErrors.InvalidArgument("Duplicate ProcessorParameter passed to ProcessingConfiguration.");
        }

        var known = Parameters[processor.Type!];
        if (names.Find(name => known.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"a processor of type {processor.Type} has no parameter {unknown}",
                hint: "it has " + string.Join(", ", known.Select(parameter => parameter.Name)));
        }

        if (names.Contains(ParameterName.BufferSizeInMBs) != names.Contains(ParameterName.BufferIntervalInSeconds))
        {
            throw FirehoseErrors.InvalidArgument(
                "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda "
                + "processor.");
        }
    }
}
