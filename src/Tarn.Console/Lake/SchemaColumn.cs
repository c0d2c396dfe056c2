namespace Tarn.Console.Lake;

/// <summary>A column of a table or view.</summary>
internal sealed record SchemaColumn(string Name, string Type, bool IsPartition, string Comment);
