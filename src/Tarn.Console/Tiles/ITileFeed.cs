using Tarn.Dashboards;

namespace Tarn.Console.Tiles;

/// <summary>A kind of source that tiles are fed from.</summary>
internal interface ITileFeed
{
    /// <summary>True when the tile's source is of this kind.</summary>
    bool Feeds(TileSpec tile);

    /// <summary>
    /// Yields the tile's rows whenever they changed, each time all of them. Reads on only when asked, so that a
    /// slow reader gets changes merged. Throws TarnException when the source cannot be read.
    /// </summary>
    IAsyncEnumerable<TileRows> ReadAsync(TileSpec tile, CancellationToken cancellation);
}
