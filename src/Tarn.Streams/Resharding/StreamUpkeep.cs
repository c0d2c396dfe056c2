using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;

namespace Tarn.Streams.Resharding;

/// <summary>
/// What is done now and then: segments and closed shards past retention go, and shards of streams on demand that take
/// too much are split. One run at a time; what fails in one is tried again in the next.
/// </summary>
internal sealed partial class StreamUpkeep(
    StreamRegistry registry, StreamsOptions options, TimeProvider clock, ILogger<StreamUpkeep> logger)
{
    private readonly Dictionary<Guid, LoadWatch> _watches = [];
    private Task _running = Task.CompletedTask;

    /// <summary>The run that goes on or the last one. It never fails.</summary>
    public Task Running => Volatile.Read(ref _running);

    /// <summary>Begins a run unless one goes on. Called by one timer.</summary>
    public void Begin()
    {
        if (Running.IsCompleted)
        {
            Volatile.Write(ref _running, RunAsync());
        }
    }

    private async Task RunAsync()
    {
        registry.RequestUpkeep();
        foreach (var stream in registry.All.Values)
        {
            try
            {
                await registry.ForgetClosedAsync(stream, CancellationToken.None);
                await SplitByLoadAsync(stream);
            }
            catch (TarnException cause)
            {
                Failed(stream.Definition.Name, cause);
            }
        }

        var present = registry.All.Values.Select(stream => stream.Definition.Id).ToHashSet();
        foreach (var gone in _watches.Keys.Where(id => !present.Contains(id)).ToList())
        {
            _watches.Remove(gone);
        }
    }

    private async Task SplitByLoadAsync(OpenStream stream)
    {
        var id = stream.Definition.Id;
        if (!stream.Definition.OnDemand)
        {
            _watches.Remove(id);
            return;
        }

        if (!_watches.TryGetValue(id, out var watch))
        {
            _watches.Add(id, new LoadWatch(clock));
            return;
        }

        if (watch.Measure(stream, options.OnDemand.Window) is { } loads
            && LoadSplits.Decide(loads, options.OnDemand) is { Count: > 0 } splits)
        {
            Splitting(stream.Definition.Name, splits.Count, options.OnDemand.LoadMax);
            await registry.ReshardAsync(
                stream.Definition.Name,
                (now, planner) =>
                {
                    // Whoever made it provisioned meanwhile wants its shards left alone.
                    foreach (var (number, middle) in now.Definition.OnDemand ? splits : [])
                    {
                        planner.Split(number, middle);
                    }
                },
                CancellationToken.None);
        }
    }

    [LoggerMessage(
        2141, LogLevel.Information,
        "stream '{Stream}' on demand: {Count} shards took more than {LoadMax:P0} of what a shard takes and are split")]
    private partial void Splitting(string stream, int count, double loadMax);

    [LoggerMessage(2142, LogLevel.Warning, "stream '{Stream}': upkeep failed, the next run tries again")]
    private partial void Failed(string stream, Exception cause);
}
