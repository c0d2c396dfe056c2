using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// Carries out the lifecycle rules of all buckets: once when the server starts, then at a steady interval. A bucket
/// that fails is logged and tried again the next time; the others go on.
/// </summary>
internal sealed partial class LifecycleRunner(
    Lazy<IStores> stores, TimeSpan interval, TimeProvider time, ILogger<LifecycleRunner> log)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LifecycleInstruments _instruments = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (stores.Value.Expiry is { } expiry)
        {
            _loop = Task.Run(() => LoopAsync(expiry, _stopping.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _instruments.Dispose();
        _stopping.Dispose();
    }

    private async Task LoopAsync(IExpiry expiry, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            await RunAsync(expiry, stop).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private async Task RunAsync(IExpiry expiry, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var open = stores.Value;
        var run = new LifecycleRun(open.Objects, open.Versions, open.Uploads, expiry, time);
        try
        {
            foreach (var bucket in await open.Objects.ListBucketsAsync(stop).ConfigureAwait(false))
            {
                await RunAsync(run, open.Lifecycle, bucket.Name, stop).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogNoBuckets(log, failure);
        }

        _instruments.Took(time.GetElapsedTime(began));
    }

    private async Task RunAsync(
        LifecycleRun run, IBucketLifecycle lifecycle, string bucket, CancellationToken stop)
    {
        var tally = new LifecycleTally();
        try
        {
            if (lifecycle.Find(bucket) is { } rules)
            {
                await run.RunAsync(bucket, rules, tally, stop).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            _instruments.Failed(bucket);
            LogFailed(log, bucket, failure);
        }

        _instruments.Ran(bucket, tally);
        if (tally.Objects + tally.Versions + tally.Uploads > 0)
        {
            LogRan(log, bucket, tally.Objects, tally.Versions, tally.Uploads);
        }
    }

    [LoggerMessage(2060, LogLevel.Information,
        "lifecycle of bucket {Bucket}: {Objects} objects expired, {Versions} versions, {Uploads} uploads ended")]
    private static partial void LogRan(ILogger log, string bucket, long objects, long versions, long uploads);

    [LoggerMessage(2061, LogLevel.Warning,
        "lifecycle of bucket {Bucket} was not carried out to the end; the rest follows at the next run")]
    private static partial void LogFailed(ILogger log, string bucket, Exception failure);

    [LoggerMessage(2062, LogLevel.Warning, "lifecycle rules were not carried out; tried again at the next run")]
    private static partial void LogNoBuckets(ILogger log, Exception failure);
}
