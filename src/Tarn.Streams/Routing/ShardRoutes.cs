using System.Collections.Immutable;
using Tarn.Streams.Definitions;

namespace Tarn.Streams.Routing;

/// <summary>Which open shard owns a hash key. Immutable.</summary>
internal sealed class ShardRoutes
{
    private readonly UInt128[] _starts;
    private readonly int[] _shards;

    /// <param name="shards">All shards of a stream; the open ones together own every hash key once.</param>
    public ShardRoutes(ImmutableArray<ShardDefinition> shards)
    {
        var open = Enumerable.Range(0, shards.Length)
            .Where(i => shards[i].IsOpen).OrderBy(i => shards[i].HashFrom).ToArray();
        _shards = open;
        _starts = Array.ConvertAll(open, i => shards[i].HashFrom);
    }

    /// <summary>One shard owns everything: hash keys need not be known.</summary>
    public bool IsSingle => _shards.Length == 1;

    /// <summary>The position of the owner in the stream's list of shards.</summary>
    public int Find(UInt128 hashKey)
    {
        var low = 0;
        for (var high = _starts.Length; high - low > 1;)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= hashKey)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return _shards[low];
    }
}
