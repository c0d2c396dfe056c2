namespace Tarn.Clients;

/// <summary>A column of a table.</summary>
internal sealed record SqlTableColumn(string Name, string Type, bool IsPartition, string Comment);
