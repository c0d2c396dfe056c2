namespace Tarn.Sql.Translation;

/// <summary>One relation in FROM under its name.</summary>
internal sealed record Source(string? Database, string? Name, IReadOnlyList<OutputColumn> Columns)
{
    /// <summary>Columns that can be named and that <c>*</c> does not show.</summary>
    public IReadOnlyList<OutputColumn> Hidden { get; init; } = [];
}
