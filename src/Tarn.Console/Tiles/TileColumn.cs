namespace Tarn.Console.Tiles;

/// <summary>A column of a tile's rows.</summary>
/// <param name="Type">A type's name as its source tells it.</param>
internal sealed record TileColumn(string Name, string Type);
