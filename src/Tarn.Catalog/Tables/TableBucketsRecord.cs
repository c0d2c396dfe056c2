using System.Text.Json.Serialization;

namespace Tarn.Catalog.Tables;

/// <summary>How a table's rows are divided; the comment of <see cref="TableRecord"/> shows it.</summary>
internal sealed record TableBucketsRecord
{
    [JsonPropertyName("columns")]
    public required IReadOnlyList<string> Columns { get; init; }

    [JsonPropertyName("count")]
    public required int Count { get; init; }
}
