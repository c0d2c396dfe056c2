using System.Runtime.CompilerServices;
using Tarn.Dashboards;

namespace Tarn.Console.Tiles;

/// <summary>Tiles over a query, run again every <see cref="TileSpec.RefreshSeconds"/>.</summary>
internal sealed class SqlFeed(SharedResults results, TimeProvider time) : ITileFeed
{
    public bool Feeds(TileSpec tile) => tile.Sql is not null;

    public async IAsyncEnumerable<TileRows> ReadAsync(
        TileSpec tile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var interval = TimeSpan.FromSeconds(tile.RefreshSeconds);
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            var result = await results.GetAsync(tile.Sql!, interval, cancellation);
            yield return result with { Rows = RowsOf(tile, result) };
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static IReadOnlyList<IReadOnlyList<object?>> RowsOf(TileSpec tile, TileRows result)
    {
        // A query orders its rows itself unless the tile says otherwise; the names are checked in either case.
        var order = RowOrder.Of(tile, result.Columns);
        return tile.OrderBy is null ? [.. result.Rows.Take(tile.RowsMax)] : order.Show(result.Rows, tile.RowsMax);
    }
}
