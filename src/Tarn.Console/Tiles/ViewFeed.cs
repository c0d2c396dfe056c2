using System.Runtime.CompilerServices;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;

namespace Tarn.Console.Tiles;

/// <summary>Tiles over a materialized view: every change, at most four times a second.</summary>
internal sealed class ViewFeed(IContinuousQueries views, TimeProvider time) : ITileFeed
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan IntervalOfManyRows = TimeSpan.FromSeconds(1);

    public bool Feeds(TileSpec tile) => tile.View is not null;

    public async IAsyncEnumerable<TileRows> ReadAsync(
        TileSpec tile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var interval = tile.RowsMax > 200 ? IntervalOfManyRows : Interval;
        var needsSnapshot = true;
        while (needsSnapshot)
        {
            needsSnapshot = false;
            BestRows? best = null;
            IReadOnlyList<TileColumn> columns = [];
            await foreach (var change in views.SubscribeAsync(tile.View!, interval, since: null, cancellation))
            {
                if (best is null || change.IsSnapshot)
                {
                    columns = [.. change.Columns.Select(column => new TileColumn(column.Name, column.Type))];
                    var keys = change.Columns.Index().Where(pair => pair.Item.IsKey).Select(pair => pair.Index);
                    best = new BestRows(RowOrder.Of(tile, columns), [.. keys], tile.RowsMax);
                }

                if (!change.IsSnapshot && !change.Appends && best.HasNoKeys)
                {
                    best.Reset();
                }

                best.Remove(change.Removed);
                best.Put(change.Rows);
                if (best.NeedsSnapshot)
                {
                    needsSnapshot = true;
                    break;
                }

                yield return new TileRows(columns, best.Show(), time.GetUtcNow());
            }
        }
    }
}
