using System.Collections.Immutable;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>A shard's log at one moment; replaced whole after each commit, so readers never see half a step.</summary>
/// <param name="Segments">Oldest first; empty while nothing was ever written.</param>
/// <param name="Next">The number of the next record.</param>
/// <param name="NewestArrivalMs">Of the newest record, or 0.</param>
internal sealed record ShardTip(ImmutableArray<Segment> Segments, ulong Next, long NewestArrivalMs)
{
    /// <summary>Nothing in that segment arrived after this.</summary>
    public long CeilingArrivalMs(int segment) =>
        segment + 1 < Segments.Length ? Segments[segment + 1].FloorArrivalMs : NewestArrivalMs;

    /// <summary>The segment that holds the number, or the first after it.</summary>
    public int SeekSegment(ulong sequence)
    {
        var low = 0;
        for (var high = Segments.Length; high - low > 1;)
        {
            var middle = (low + high) >>> 1;
            if (Segments[middle].Id.BaseSequence <= sequence)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
