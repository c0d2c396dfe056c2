using System.Collections.Immutable;
using Tarn.Primitives.Errors;
using Tarn.Streams.Definitions;

namespace Tarn.Streams.Resharding;

/// <summary>
/// Builds a <see cref="ReshardPlan"/> out of single splits and merges, in their order. A shard that it made itself can
/// be cut or joined again. Pure.
/// </summary>
internal sealed class ReshardPlanner
{
    private readonly StreamDefinition _stream;
    private readonly SortedDictionary<uint, (UInt128 From, UInt128 To)> _open = [];
    private readonly List<ShardSketch> _made = [];
    private readonly List<uint> _closed = [];
    private uint _nextNumber;

    public ReshardPlanner(StreamDefinition stream)
    {
        _stream = stream;
        _nextNumber = stream.Shards[^1].Number + 1;
        foreach (var shard in stream.Shards.Where(shard => shard.IsOpen))
        {
            _open.Add(shard.Number, (shard.HashFrom, shard.HashTo));
        }
    }

    /// <summary>The open shards by hash key, as they are after what was planned so far.</summary>
    public IReadOnlyList<(uint Number, UInt128 From, UInt128 To)> Open =>
        [.. _open.Select(shard => (shard.Key, shard.Value.From, shard.Value.To)).OrderBy(shard => shard.From)];

    /// <summary>Cuts a shard in two. Returns the upper one, which begins at <paramref name="start"/>.</summary>
    public uint Split(uint number, UInt128 start)
    {
        var (from, to) = OpenRange(number);
        if (start <= from || start - from < 2 || start >= to)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"shard '{ShardDefinition.IdOf(number)}' of stream '{_stream.Name}' cannot be split at {start}",
                $"it owns the hash keys {from} to {to}",
                "the new starting hash key must be above the first one plus one and below the last one");
        }

        Close(number);
        Make(from, start - 1, number, adjacentParent: null);
        return Make(start, to, number, adjacentParent: null);
    }

    /// <summary>Joins two shards, the second one directly above the first. Returns what they become.</summary>
    public uint Merge(uint number, uint adjacent)
    {
        var (from, end) = OpenRange(number);
        var (start, to) = OpenRange(adjacent);
        if (end == UInt128.MaxValue || end + 1 != start)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"shards '{ShardDefinition.IdOf(number)}' and '{ShardDefinition.IdOf(adjacent)}' of stream "
                    + $"'{_stream.Name}' are not adjacent",
                $"the first ends at hash key {end}, the second begins at {start}",
                "name the lower one first; its ending hash key plus one is the other's starting hash key");
        }

        Close(number);
        Close(adjacent);
        return Make(from, to, number, adjacent);
    }

    /// <summary>
    /// LimitExceeded when too many shards would be open at the end; those in between are not counted.
    /// </summary>
    public ReshardPlan Build() => _open.Count <= StreamLimits.ShardsMax
        ? new ReshardPlan(
            [.. _closed.Where(number => number <= _stream.Shards[^1].Number)],
            [.. _made.Select(sketch => sketch with { Passing = !_open.ContainsKey(sketch.Number) })])
        : throw new TarnException(
            ErrorKind.LimitExceeded,
            $"stream '{_stream.Name}' would have {_open.Count} open shards",
            $"a stream has at most {StreamLimits.ShardsMax}");

    private (UInt128 From, UInt128 To) OpenRange(uint number) => _open.TryGetValue(number, out var range)
        ? range
        : throw new TarnException(
            ErrorKind.Invalid,
            $"shard '{ShardDefinition.IdOf(number)}' of stream '{_stream.Name}' has already been split or merged",
            hint: "choose an open shard");

    private void Close(uint number)
    {
        _open.Remove(number);
        _closed.Add(number);
    }

    private uint Make(UInt128 from, UInt128 to, uint parent, uint? adjacentParent)
    {
        _open.Add(_nextNumber, (from, to));
        _made.Add(new ShardSketch(_nextNumber++, from, to, parent, adjacentParent, Passing: false));
        return _nextNumber - 1;
    }
}
