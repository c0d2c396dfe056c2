namespace Tarn.Clients;

/// <summary>A table, view or live view of the lake; without a name a database that has none.</summary>
internal sealed record SqlTable(
    string Database, string Name, string Type, IReadOnlyList<SqlTableColumn> Columns);
