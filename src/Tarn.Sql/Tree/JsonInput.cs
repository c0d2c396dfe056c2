namespace Tarn.Sql.Tree;

/// <summary>A value in a JSON function.</summary>
/// <param name="Format">Null, JSON, or JSON ENCODING UTF8 and its like, in upper case.</param>
public sealed record JsonInput(Expression Value, string? Format);
