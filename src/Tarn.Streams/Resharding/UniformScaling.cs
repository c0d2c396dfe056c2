using Tarn.Primitives.Errors;
using Tarn.Streams.Definitions;
using Tarn.Streams.Routing;

namespace Tarn.Streams.Resharding;

/// <summary>
/// Another number of shards, all of one size, as a series of splits and merges:
/// <code>
///   3 shards    |-----------|-----------|-----------|
///   split       |--------|--|-----|-----|--|--------|     where a target boundary lies within a shard
///   merge       |--------|--------|--------|--------|     what lies between two target boundaries
/// </code>
/// Pure.
/// </summary>
internal static class UniformScaling
{
    /// <summary>
    /// A boundary that is off by less than this part of a shard stays: even ranges of six shards, halved, differ from
    /// those of three by a key, and shards of one key are nobody's wish.
    /// </summary>
    private const uint SamePart = 1_000_000;

    /// <summary>LimitExceeded unless the target lies between half and double the present number.</summary>
    public static void Plan(ReshardPlanner planner, string stream, int target)
    {
        var open = planner.Open;
        if (target > open.Count * 2 || target * 2 < open.Count)
        {
            var (way, least, most) = target > open.Count
                ? ("more than double", (open.Count + 1) / 2, open.Count * 2)
                : ("less than half", (open.Count + 1) / 2, open.Count * 2);
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"{target} shards are {way} the {open.Count} open shards of stream '{stream}'",
                $"one step goes from {least} to {Math.Min(most, StreamLimits.ShardsMax)}",
                "go there in several steps");
        }

        var starts = Starts([.. open.Select(shard => shard.From)], target);
        Split(planner, open, starts);
        Merge(planner, [.. starts]);
    }

    /// <summary>Where the new shards begin, but for the first.</summary>
    private static List<UInt128> Starts(UInt128[] present, int count)
    {
        var tolerance = UInt128.MaxValue / (uint)count / SamePart;
        return [.. HashRanges.Split(count).Skip(1).Select(range => Near(present, range.From, tolerance))];
    }

    private static UInt128 Near(UInt128[] present, UInt128 start, UInt128 tolerance)
    {
        var at = Array.BinarySearch(present, start);
        at = at < 0 ? ~at : at;
        return at < present.Length && present[at] - start <= tolerance ? present[at]
            : at > 0 && start - present[at - 1] <= tolerance ? present[at - 1]
            : start;
    }

    private static void Split(
        ReshardPlanner planner, IReadOnlyList<(uint Number, UInt128 From, UInt128 To)> open, List<UInt128> starts)
    {
        var next = 0;
        foreach (var shard in open)
        {
            var number = shard.Number;
            for (; next < starts.Count && starts[next] <= shard.To; next++)
            {
                if (starts[next] > shard.From)
                {
                    number = planner.Split(number, starts[next]);
                }
            }
        }
    }

    private static void Merge(ReshardPlanner planner, HashSet<UInt128> starts)
    {
        uint? lower = null;
        foreach (var shard in planner.Open)
        {
            lower = lower is { } number && !starts.Contains(shard.From)
                ? planner.Merge(number, shard.Number)
                : shard.Number;
        }
    }
}
