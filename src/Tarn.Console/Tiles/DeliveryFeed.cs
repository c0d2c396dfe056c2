using System.Runtime.CompilerServices;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Tiles;

/// <summary>Tiles over a delivery stream: its status as one row, each second.</summary>
internal sealed class DeliveryFeed(IDeliveryStreams delivery, TimeProvider time) : ITileFeed
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TileColumn[] Columns =
    [
        new("lag_seconds", "double"),
        new("records", "bigint"),
        new("objects", "bigint"),
        new("last_object", "varchar"),
        new("last_delivered_at", "timestamp"),
        new("last_error", "varchar"),
    ];

    public bool Feeds(TileSpec tile) => tile.Delivery is not null;

    public async IAsyncEnumerable<TileRows> ReadAsync(
        TileSpec tile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var status = await delivery.FindAsync(tile.Delivery!, cancellation)
                ?? throw new TarnException(
                    ErrorKind.NotFound, $"delivery stream '{tile.Delivery}' does not exist");
            object?[] row =
            [
                status.LagMilliseconds / 1000d,
                status.Records,
                status.Objects,
                status.LastObject,
                status.LastDeliveredAt,
                status.LastError,
            ];
            yield return new TileRows(Columns, [row], time.GetUtcNow());
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
