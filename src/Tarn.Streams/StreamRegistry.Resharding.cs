using System.Collections.Immutable;
using Tarn.Primitives.Errors;
using Tarn.Streams.Definitions;
using Tarn.Streams.Resharding;
using Tarn.Streams.Routing;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>Streams whose settings and shards change.</summary>
internal sealed partial class StreamRegistry
{
    /// <summary>Splits and merges shards as planned for the stream as it is at its turn.</summary>
    public Task<OpenStream> ReshardAsync(
        string name, Action<OpenStream, ReshardPlanner> plan, CancellationToken cancellation) =>
        ChangeAsync(async streams =>
        {
            var stream = Get(name);
            var planner = new ReshardPlanner(stream.Definition);
            plan(stream, planner);
            return planner.Build() is { IsEmpty: false } built
                ? await ReshardAsync(streams, stream, stream.Definition, built)
                : (streams, stream);
        }, cancellation);

    /// <summary>
    /// Removes closed shards whose records are all past retention: from the definition, from sight, from the disk.
    /// Their children go on to name them. A folder that stays behind is removed at the next start.
    /// </summary>
    public async Task ForgetClosedAsync(OpenStream stream, CancellationToken cancellation)
    {
        if (stream.Forgettable().IsEmpty)
        {
            return;
        }

        ImmutableArray<ShardLog> gone = [];
        await ChangeAsync(async streams =>
        {
            if (streams.GetValueOrDefault(stream.Definition.Name) is not { } now)
            {
                return (streams, stream);
            }

            gone = now.Forgettable();
            now = now.Without(gone);
            await _resources.ReplaceAsync(now.Definition, cancellation);
            return (streams.SetItem(now.Definition.Name, now), now);
        }, cancellation);
        foreach (var log in gone)
        {
            await log.EmptyAsync();
            await log.LeaveAsync(new TarnException(ErrorKind.NotFound, $"{log.Place} is past retention"));
            folders.Remove(log.Place);
        }
    }

    public Task<OpenStream> ConfigureAsync(
        string name, Func<StreamSpec, StreamSpec> change, CancellationToken cancellation) =>
        ChangeAsync(async streams =>
        {
            var stream = Get(name);
            var before = stream.Definition.Spec;
            var after = StreamLimits.Check(change(before));
            RefuseFixed(before, after);
            var definition = stream.Definition.With(after);
            var planner = new ReshardPlanner(stream.Definition);
            if (after.ShardCount != before.ShardCount)
            {
                UniformScaling.Plan(planner, name, after.ShardCount);
            }

            if (after.Durability == StreamDurability.Disk)
            {
                // Before it is written down: a definition that says so holds for every record there is.
                await Task.WhenAll(stream.Logs.Select(log => log.HardenAsync()));
            }

            if (planner.Build() is { IsEmpty: false } plan)
            {
                (streams, stream) = await ReshardAsync(streams, stream, definition, plan);
            }
            else
            {
                await _resources.ReplaceAsync(definition, cancellation);
                stream = stream with { Definition = definition };
            }

            foreach (var log in stream.Logs)
            {
                log.Durability = after.Durability;
                log.LimitTo(after.Rates);
                log.Retention = TimeSpan.FromHours(after.RetentionHours);
            }

            return (streams.SetItem(name, stream), stream);
        }, cancellation);

    private static void RefuseFixed(StreamSpec before, StreamSpec after)
    {
        if (after.Name != before.Name)
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"the name of stream '{before.Name}' cannot be changed by its settings");
        }

        if (after.OnDemand && after.ShardCount != before.ShardCount)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"stream '{before.Name}' is on demand and cannot be given {after.ShardCount} shards",
                hint: "leave the shard count as it is, or make the stream provisioned");
        }
    }

    private async Task<(ImmutableSortedDictionary<string, OpenStream>, OpenStream)> ReshardAsync(
        ImmutableSortedDictionary<string, OpenStream> streams, OpenStream stream, StreamDefinition definition,
        ReshardPlan plan)
    {
        await _resharder.RunAsync(
            stream, definition, plan, completed =>
            {
                stream = WithChildren(stream, completed);
                streams = streams.SetItem(stream.Definition.Name, stream);
                Volatile.Write(ref _streams, streams);
            });
        return (streams, stream);
    }

    /// <summary>
    /// The stream with logs for its new shards. Their folders are empty, so there is nothing to recover.
    /// </summary>
    private OpenStream WithChildren(OpenStream stream, StreamDefinition definition)
    {
        var places = folders.Places(definition);
        var newestMs = stream.Logs.Max(log => log.Tip.NewestArrivalMs);
        var logs = stream.Logs.AddRange(places[stream.Logs.Length..].Select((place, i) =>
        {
            var shard = definition.Shards[stream.Logs.Length + i];
            return NewLog(place, shard, definition, new ShardTip([], shard.SequenceFrom, newestMs));
        }));
        return stream with { Definition = definition, Logs = logs, Routes = new ShardRoutes(definition.Shards) };
    }

    private ShardLog NewLog(ShardPlace place, ShardDefinition shard, StreamDefinition definition, ShardTip tip)
    {
        tip = shard.SequenceTo is { } last ? tip with { Next = Math.Max(tip.Next, last) } : tip;
        var log = new ShardLog(place, tip, options, disk, _threads!, clock, _logger)
        {
            Durability = definition.Spec.Durability,
            Retention = TimeSpan.FromHours(definition.RetentionHours),
            Counters = meters.Open(place.StreamId),
            IsEnded = !shard.IsOpen,
        };
        log.LimitTo(definition.Spec.Rates);
        return log;
    }
}
