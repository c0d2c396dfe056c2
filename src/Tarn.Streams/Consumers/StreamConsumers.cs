using System.Collections.Concurrent;
using System.Collections.Immutable;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Streams.Definitions;
using Tarn.Streams.Metrics;

namespace Tarn.Streams.Consumers;

/// <summary>Consumers are part of their open stream, so they are seen, changed and deleted with it.</summary>
internal sealed class StreamConsumers(StreamRegistry registry, IMetadataStore store, TimeProvider clock)
    : IStreamConsumers, IConsumerPositions
{
    /// <summary>Kinesis' limit.</summary>
    public const int PerStreamMax = 20;

    private readonly ConsumerResources _resources = new(store);
    private readonly ConcurrentDictionary<PushProgress, bool> _pushed = [];

    public async Task<StreamConsumer> RegisterAsync(
        string stream, string name, ImmutableSortedDictionary<string, string> tags, CancellationToken cancellation)
    {
        StreamLimits.CheckName("consumer", name);
        TagLimits.Check(tags);
        var changed = await registry.ChangeAsync(stream, async open =>
        {
            if (open.Consumers.ContainsKey(name))
            {
                throw new TarnException(
                    ErrorKind.AlreadyExists, $"consumer '{name}' of stream '{stream}' already exists");
            }

            if (open.Consumers.Count >= PerStreamMax)
            {
                throw new TarnException(
                    ErrorKind.LimitExceeded,
                    $"stream '{stream}' has {open.Consumers.Count} consumers",
                    $"at most {PerStreamMax} can be registered");
            }

            var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
            return await PutAsync(open, new StreamConsumer(stream, name, now, tags), cancellation);
        }, cancellation);
        return changed.Consumers[name];
    }

    public Task DeregisterAsync(string stream, string name, CancellationToken cancellation) =>
        registry.ChangeAsync(stream, async open =>
        {
            await _resources.DeleteAsync(Get(open, name), cancellation);
            return open with { Consumers = open.Consumers.Remove(name) };
        }, cancellation);

    public async Task<StreamConsumer> SetTagsAsync(
        string stream,
        string name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change,
        CancellationToken cancellation)
    {
        var changed = await registry.ChangeAsync(stream, async open =>
        {
            var consumer = Get(open, name);
            var tags = change(consumer.Tags);
            TagLimits.Check(tags);
            return await PutAsync(open, consumer with { Tags = tags }, cancellation);
        }, cancellation);
        return changed.Consumers[name];
    }

    public StreamConsumer? Find(string stream, string name) =>
        registry.All.GetValueOrDefault(stream)?.Consumers.GetValueOrDefault(name);

    public IReadOnlyList<StreamConsumer> List(string stream) => [.. registry.Get(stream).Consumers.Values];

    public PushProgress Follow(StreamConsumer consumer, string shardId, SequenceNumber from)
    {
        var progress = new PushProgress(consumer, shardId, from, ended => _pushed.TryRemove(ended, out _));
        _pushed[progress] = true;
        return progress;
    }

    /// <summary>Those that are pushed to at the moment.</summary>
    IReadOnlyList<ConsumerPosition> IConsumerPositions.List()
    {
        var now = clock.GetUtcNow();
        return
        [
            .. _pushed.Keys.GroupBy(progress => (progress.Consumer.Stream, progress.Consumer.Name))
                .Select(consumer => new ConsumerPosition(
                    consumer.Key.Stream,
                    consumer.Key.Name,
                    ConsumerKind.EnhancedFanOut,
                    consumer.Max(progress => progress.LagMilliseconds(now)),
                    consumer.GroupBy(progress => progress.ShardId).ToDictionary(
                        shard => shard.Key, shard => shard.Max(progress => progress.Next)))),
        ];
    }

    private static StreamConsumer Get(OpenStream open, string name) => open.Consumers.GetValueOrDefault(name)
        ?? throw new TarnException(
            ErrorKind.NotFound,
            $"stream '{open.Definition.Name}' has no consumer '{name}'",
            hint: Suggestion.Hint(name, open.Consumers.Keys));

    private async Task<OpenStream> PutAsync(
        OpenStream open, StreamConsumer consumer, CancellationToken cancellation)
    {
        await _resources.PutAsync(consumer, cancellation);
        return open with { Consumers = open.Consumers.SetItem(consumer.Name, consumer) };
    }
}
