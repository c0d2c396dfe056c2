namespace Tarn.ContinuousQueries.Details;

/// <summary>A source as it stands.</summary>
/// <param name="Format">JSON, CSV or AVRO.</param>
/// <param name="Watermark">The column and its delay, such as <c>ts - 5 seconds</c>; null: none is declared.</param>
/// <param name="Sql">The statement that makes it.</param>
/// <param name="ReadBy">Views that read it, by name.</param>
public sealed record SourceStatus(
    string Name, string Stream, string Format, string? Watermark, IReadOnlyList<SourceColumnStatus> Columns,
    string Sql, IReadOnlyList<string> ReadBy);
