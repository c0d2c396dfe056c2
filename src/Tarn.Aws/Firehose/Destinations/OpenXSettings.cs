using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_OpenXJsonSerDe.html</summary>
internal sealed record OpenXSettings
{
    public bool? ConvertDotsInJsonKeysToUnderscores { get; init; }

    /// <summary>Absent is true.</summary>
    public bool? CaseInsensitive { get; init; }

    [Member(Min = 1, Max = 1024, KeyPattern = ModelPatterns.NoWhiteSpace, Pattern = ModelPatterns.NotBlank)]
    public IReadOnlyDictionary<string, string>? ColumnToJsonKeyMappings { get; init; }
}
