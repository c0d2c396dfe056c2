using System.Runtime.CompilerServices;
using Tarn.Dashboards;
using Tarn.Streams;

namespace Tarn.Console.Tiles;

/// <summary>Tiles over a stream: its newest records as JSON, newest first, at most four times a second.</summary>
internal sealed class StreamFeed(IStreams streams, TimeProvider time) : ITileFeed
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public bool Feeds(TileSpec tile) => tile.Stream is not null;

    public async IAsyncEnumerable<TileRows> ReadAsync(
        TileSpec tile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var tail = new StreamTail(streams, tile.Stream!, tile.RowsMax);
        await tail.ReadAsync(cancellation);
        while (true)
        {
            yield return Rows(tile, tail);
            do
            {
                await tail.WaitAsync(cancellation);
                await Task.Delay(Interval, time, cancellation);
            }
            while (!await tail.ReadAsync(cancellation));
        }
    }

    private TileRows Rows(TileSpec tile, StreamTail tail)
    {
        var (columns, rows) = RecordTable.Of(tail.Newest());
        var isOrdered = rows.Count > 0 && (tile.OrderBy is not null || tile.Kind == TileKind.Line);
        return new TileRows(
            columns, isOrdered ? RowOrder.Of(tile, columns).Show(rows, tile.RowsMax) : rows, time.GetUtcNow());
    }
}
