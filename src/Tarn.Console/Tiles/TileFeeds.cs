using Tarn.Console.Api;
using Tarn.Console.Events;
using Tarn.Dashboards;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Tiles;

/// <summary>
/// Feeds all tiles of a dashboard over one connection: <c>tile-N</c> with the rows, <c>tile-N-failure</c> with an
/// error. A tile that fails is tried again; the others go on.
/// </summary>
internal sealed class TileFeeds(IEnumerable<ITileFeed> feeds, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(DashboardSpec dashboard, IEventSink events, CancellationToken cancellation) =>
        Task.WhenAll(dashboard.Tiles.Select((tile, index) => FeedAsync(tile, index, events, cancellation)));

    private async Task FeedAsync(TileSpec tile, int index, IEventSink events, CancellationToken cancellation)
    {
        var feed = feeds.First(feed => feed.Feeds(tile));
        while (true)
        {
            try
            {
                await foreach (var rows in feed.ReadAsync(tile, cancellation).WithCancellation(cancellation))
                {
                    await events.SendAsync($"tile-{index}", rows, cancellation);
                }
            }
            catch (TarnException error)
            {
                await events.SendAsync($"tile-{index}-failure", ApiErrors.Body(error), cancellation);
            }

            await Task.Delay(RetryInterval, time, cancellation);
        }
    }
}
