namespace Tarn.Sql.Translation;

/// <summary>One relation in FROM under its name.</summary>
internal sealed record Source(string? Database, string? Name, IReadOnlyList<OutputColumn> Columns);
