namespace Tarn.Console.Tiles;

/// <summary>What a tile shows: all of its rows, ordered and cut to the tile's <c>rows_max</c>.</summary>
/// <param name="At">When they were read.</param>
internal sealed record TileRows(
    IReadOnlyList<TileColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, DateTimeOffset At);
