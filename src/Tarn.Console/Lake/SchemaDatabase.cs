namespace Tarn.Console.Lake;

/// <summary>A database with everything SQL can name in it.</summary>
internal sealed record SchemaDatabase(string Name, string Description, IReadOnlyList<SchemaTable> Tables);
