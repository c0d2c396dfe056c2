namespace Tarn.Clients;

/// <summary>Rows of a result as text, null for NULL.</summary>
internal sealed record SqlPage(
    IReadOnlyList<SqlColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long? NextRow);
