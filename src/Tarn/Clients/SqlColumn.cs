namespace Tarn.Clients;

/// <summary>A result column with Trino's type name.</summary>
internal sealed record SqlColumn(string Name, string Type);
