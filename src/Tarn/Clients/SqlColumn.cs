namespace Tarn.Clients;

/// <summary>A result column with Athena's type name.</summary>
internal sealed record SqlColumn(string Name, string Type, int Precision, int Scale);
