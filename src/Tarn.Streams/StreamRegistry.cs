using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Streams.Commits;
using Tarn.Streams.Consumers;
using Tarn.Streams.Definitions;
using Tarn.Streams.Metrics;
using Tarn.Streams.Resharding;
using Tarn.Streams.Routing;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>
/// The streams that exist, with their logs open. Changes go one at a time; look-ups read a snapshot. A change is first
/// made durable, then shown.
/// </summary>
internal sealed partial class StreamRegistry(
    StreamsOptions options, IMetadataStore store, StreamFolders folders, ISegmentDisk disk, DamageReports damages,
    StreamMeters meters, TimeProvider clock, IdSource ids, ILoggerFactory loggers) : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly StreamResources _resources = new(store);
    private readonly ILogger _logger = loggers.CreateLogger<ShardLog>();
    private readonly Resharder _resharder =
        new(folders, new StreamResources(store), clock, loggers.CreateLogger<Resharder>());
    private readonly SemaphoreSlim _change = new(1, 1);
    private ImmutableSortedDictionary<string, OpenStream>? _streams;
    private LogThreads? _threads;

    /// <summary>All streams by ordinal name.</summary>
    public ImmutableSortedDictionary<string, OpenStream> All => Volatile.Read(ref _streams)
        ?? throw new TarnException(
            ErrorKind.Unavailable, "streams are not open", hint: "retry when the server is ready");

    public OpenStream Get(string name) => All.GetValueOrDefault(name)
        ?? throw new TarnException(
            ErrorKind.NotFound, $"stream '{name}' does not exist", hint: Suggestion.Hint(name, All.Keys));

    /// <summary>Opens every stream's logs.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var definitions = await _resources.ListAsync(cancellation);
        folders.Clean(definitions);
        _threads = new LogThreads(options);
        var consumers = (await new ConsumerResources(store).ListAsync(cancellation))
            .ToLookup(consumer => consumer.Stream, StringComparer.Ordinal);
        var opened = new OpenStream[definitions.Count];
        await Parallel.ForAsync(0, definitions.Count, cancellation, (i, _) =>
        {
            opened[i] = Open(definitions[i], consumers[definitions[i].Name]);
            return ValueTask.CompletedTask;
        });
        Volatile.Write(ref _streams, opened.ToImmutableSortedDictionary(
            stream => stream.Definition.Name, stream => stream, StringComparer.Ordinal));
    }

    public Task<OpenStream> CreateAsync(StreamSpec spec, CancellationToken cancellation) =>
        ChangeAsync(async streams =>
        {
            spec = StreamLimits.CheckNew(spec);
            if (streams.ContainsKey(spec.Name))
            {
                throw new TarnException(ErrorKind.AlreadyExists, $"stream '{spec.Name}' already exists");
            }

            var definition = await DefineAsync(spec, cancellation);
            folders.Create(definition);
            try
            {
                await _resources.CreateAsync(definition, cancellation);
            }
            catch
            {
                folders.Remove(definition);
                throw;
            }

            var stream = Open(definition, []);
            return (streams.Add(spec.Name, stream), stream);
        }, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        ChangeAsync(async streams =>
        {
            var stream = Get(name);
            var gone = new TarnException(ErrorKind.NotFound, $"stream '{name}' was deleted");
            await Task.WhenAll(stream.Logs.Select(log => log.LeaveAsync(gone)));
            try
            {
                await _resources.DeleteAsync(name, stream.Logs.Max(log => log.Tip.Next), cancellation);
            }
            catch
            {
                Volatile.Write(ref _streams, streams.SetItem(name, Open(stream.Definition, stream.Consumers.Values)));
                throw;
            }

            Volatile.Write(ref _streams, streams.Remove(name));
            folders.Remove(stream.Definition);
            meters.Forget(stream.Definition.Id);
            return (streams.Remove(name), stream);
        }, cancellation);

    /// <summary>Lets every shard look for segments past retention, in its next turn.</summary>
    public void RequestUpkeep()
    {
        foreach (var log in All.Values.SelectMany(stream => stream.Logs))
        {
            log.Queue.RequestUpkeep();
        }
    }

    /// <summary>Finishes the change that goes on and the appends that wait, and closes the files.</summary>
    public void Stop()
    {
        if (_change.Wait(StopLimit))
        {
            _change.Release();
        }

        if (_threads?.Stop(StopLimit) != true)
        {
            return;
        }

        foreach (var log in All.Values.SelectMany(stream => stream.Logs))
        {
            log.Finish();
        }
    }

    public void Dispose()
    {
        _threads?.Dispose();
        _change.Dispose();
    }

    /// <summary>Changes one stream by what <paramref name="change"/> made durable.</summary>
    public Task<OpenStream> ChangeAsync(
        string name, Func<OpenStream, Task<OpenStream>> change, CancellationToken cancellation) =>
        ChangeAsync(async streams =>
        {
            var stream = await change(Get(name));
            return (streams.SetItem(name, stream), stream);
        }, cancellation);

    private async Task<OpenStream> ChangeAsync(
        Func<ImmutableSortedDictionary<string, OpenStream>,
            Task<(ImmutableSortedDictionary<string, OpenStream>, OpenStream)>> change,
        CancellationToken cancellation)
    {
        await _change.WaitAsync(cancellation);
        try
        {
            var (streams, changed) = await change(All);
            Volatile.Write(ref _streams, streams);
            return changed;
        }
        finally
        {
            _change.Release();
        }
    }

    private async Task<StreamDefinition> DefineAsync(StreamSpec spec, CancellationToken cancellation)
    {
        var createdMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var first = Math.Max((ulong)createdMs << 20, await _resources.FloorAsync(cancellation));
        return new StreamDefinition
        {
            Name = spec.Name,
            Id = ids.Next(),
            CreatedMs = createdMs,
            RetentionHours = spec.RetentionHours,
            OnDemand = spec.OnDemand,
            Shards = [.. HashRanges.Split(spec.ShardCount).Select((range, number) => new ShardDefinition
            {
                Number = (uint)number, HashFrom = range.From, HashTo = range.To, SequenceFrom = first,
            })],
        }.With(spec);
    }

    private OpenStream Open(StreamDefinition definition, IEnumerable<StreamConsumer> consumers)
    {
        var durability = definition.Spec.Durability;
        var logs = folders.Places(definition).Select((place, i) =>
        {
            // A shard is brought to the disk before it closes, however its appends were answered.
            var shard = definition.Shards[i];
            var tip = new ShardRecovery(place, disk, damages, clock)
                .Open(shard.SequenceFrom, shard.IsOpen ? durability : StreamDurability.Disk);
            return NewLog(place, shard, definition, tip);
        });
        return new OpenStream(definition, [.. logs], new ShardRoutes(definition.Shards))
        {
            Consumers = consumers.ToImmutableSortedDictionary(
                consumer => consumer.Name, consumer => consumer, StringComparer.Ordinal),
        };
    }
}
