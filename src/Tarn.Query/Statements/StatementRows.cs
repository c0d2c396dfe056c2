namespace Tarn.Query.Statements;

/// <summary>The answer of a statement of a handler as rows of text.</summary>
/// <param name="Columns">Their names, at least one.</param>
public sealed record StatementRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);
