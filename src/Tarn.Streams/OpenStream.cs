using System.Collections.Immutable;
using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Consumers;
using Tarn.Streams.Definitions;
using Tarn.Streams.Routing;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>A stream with its logs open. Replaced whole when its definition changes; the logs stay the same.</summary>
/// <param name="Logs">In the order of the definition's shards.</param>
internal sealed record OpenStream(StreamDefinition Definition, ImmutableArray<ShardLog> Logs, ShardRoutes Routes)
{
    private Tuple<StreamDefinition, StreamDescription>? _described;

    /// <summary>By ordinal name.</summary>
    public ImmutableSortedDictionary<string, StreamConsumer> Consumers { get; init; } =
        ImmutableSortedDictionary.Create<string, StreamConsumer>(StringComparer.Ordinal);

    /// <summary>The position of a shard in the lists, or NotFound.</summary>
    public int IndexOf(string shardId)
    {
        var digits = shardId.AsSpan(Math.Min(ShardDefinition.IdPrefix.Length, shardId.Length));
        if (uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            for (var i = (int)Math.Min(number, Logs.Length - 1u); i >= 0 && Logs[i].Place.Number >= number; i--)
            {
                if (Logs[i].Place.ShardId == shardId)
                {
                    return i;
                }
            }
        }

        throw new TarnException(ErrorKind.NotFound, $"stream '{Definition.Name}' has no shard '{shardId}'");
    }

    /// <summary>The number in a shard's id, or NotFound.</summary>
    public uint NumberOf(string shardId) => Logs[IndexOf(shardId)].Place.Number;

    public ShardLog LogOf(uint number) => Logs.First(log => log.Place.Number == number);

    /// <summary>The logs of closed shards whose records are all past retention.</summary>
    public ImmutableArray<ShardLog> Forgettable() =>
        [.. Logs.Where((log, i) => Definition.Shards[i].ClosedMs < log.RetainedFromMs
            && log.Tip.NewestArrivalMs < log.RetainedFromMs)];

    /// <summary>The stream as if these closed shards had never been.</summary>
    public OpenStream Without(ImmutableArray<ShardLog> gone)
    {
        var numbers = gone.Select(log => log.Place.Number).ToHashSet();
        var shards = Definition.Shards.RemoveAll(shard => numbers.Contains(shard.Number));
        return this with
        {
            Definition = Definition with { Shards = shards },
            Logs = Logs.RemoveAll(log => numbers.Contains(log.Place.Number)),
            Routes = new ShardRoutes(shards),
        };
    }

    /// <summary>What others see of it; made once.</summary>
    public StreamDescription Describe()
    {
        if (Volatile.Read(ref _described) is { } known && ReferenceEquals(known.Item1, Definition))
        {
            return known.Item2;
        }

        var description = Describe(Definition);
        Volatile.Write(ref _described, Tuple.Create(Definition, description));
        return description;
    }

    private static StreamDescription Describe(StreamDefinition definition) => new(
        definition.Spec,
        definition.FolderName,
        DateTimeOffset.FromUnixTimeMilliseconds(definition.CreatedMs),
        [.. definition.Shards.Select(shard => Describe(shard, definition.CreatedMs))]);

    private static ShardDescription Describe(ShardDefinition shard, long createdMs) => new(
        ShardDefinition.IdOf(shard.Number),
        shard.HashFrom,
        shard.HashTo,
        new SequenceNumber(shard.SequenceFrom),
        shard.SequenceTo is { } last ? new SequenceNumber(last) : null,
        shard.Parent is { } parent ? ShardDefinition.IdOf(parent) : null,
        shard.AdjacentParent is { } adjacent ? ShardDefinition.IdOf(adjacent) : null,
        DateTimeOffset.FromUnixTimeMilliseconds(shard.OpenedMs ?? createdMs),
        shard.ClosedMs is { } closed ? DateTimeOffset.FromUnixTimeMilliseconds(closed) : null);
}
