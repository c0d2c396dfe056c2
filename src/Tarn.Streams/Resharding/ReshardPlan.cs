using System.Collections.Immutable;
using Tarn.Streams.Definitions;

namespace Tarn.Streams.Resharding;

/// <summary>What a resharding does to a stream, decided before anything is touched.</summary>
/// <param name="Closes">Numbers of the open shards that close.</param>
/// <param name="Opens">New shards, parents before their children.</param>
internal sealed record ReshardPlan(ImmutableArray<uint> Closes, ImmutableArray<ShardSketch> Opens)
{
    public bool IsEmpty => Closes.IsEmpty;

    /// <summary>The definition once the parents are sealed.</summary>
    /// <param name="ends">
    /// Per closing shard the number after its last record. It is consumed by the closing, so that the range of an empty
    /// shard is valid too, and children begin above it.
    /// </param>
    /// <param name="nowMs">When it happens, milliseconds since 1970.</param>
    public StreamDefinition Complete(StreamDefinition definition, IReadOnlyDictionary<uint, ulong> ends, long nowMs)
    {
        var shards = definition.Shards.ToBuilder();
        for (var i = 0; i < shards.Count; i++)
        {
            if (ends.TryGetValue(shards[i].Number, out var end))
            {
                shards[i] = shards[i] with { SequenceTo = end, ClosedMs = nowMs };
            }
        }

        var lasts = new Dictionary<uint, ulong>(ends);
        foreach (var sketch in Opens)
        {
            var first = lasts[sketch.Parent] + 1;
            first = sketch.AdjacentParent is { } other ? Math.Max(first, lasts[other] + 1) : first;
            lasts[sketch.Number] = first;
            shards.Add(new ShardDefinition
            {
                Number = sketch.Number,
                HashFrom = sketch.HashFrom,
                HashTo = sketch.HashTo,
                SequenceFrom = first,
                SequenceTo = sketch.Passing ? first : null,
                Parent = sketch.Parent,
                AdjacentParent = sketch.AdjacentParent,
                OpenedMs = nowMs,
                ClosedMs = sketch.Passing ? nowMs : null,
            });
        }

        return definition with { Shards = shards.ToImmutable() };
    }
}
