namespace Tarn.Query.Previews;

/// <summary>A column of a preview.</summary>
/// <param name="Type">DuckDB's type text, such as <c>BIGINT</c>; of CSV always <c>VARCHAR</c>.</param>
public sealed record PreviewColumn(string Name, string Type);
