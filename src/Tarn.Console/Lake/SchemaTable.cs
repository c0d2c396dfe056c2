namespace Tarn.Console.Lake;

/// <summary>A table or view.</summary>
/// <param name="Type"><c>EXTERNAL_TABLE</c>, <c>VIRTUAL_VIEW</c> or <c>MATERIALIZED_VIEW</c>.</param>
/// <param name="Location"><c>s3://…</c> of a table's files; null for views.</param>
internal sealed record SchemaTable(
    string Name, string Type, string? Location, string? Serde, IReadOnlyList<SchemaColumn> Columns)
{
    public const string MaterializedView = "MATERIALIZED_VIEW";
}
