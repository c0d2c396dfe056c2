using System.Globalization;
using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Console.Streams;
using Tarn.Streams.Metrics;
using Tarn.Streams.Shards;

namespace Tarn.Console.Components.Pages.Streams;

/// <summary>A stream's shards with their share of the hash keys and where they come from.</summary>
public sealed partial class ShardsPanel
{
    private const int ShardsShown = 100;

    [CascadingParameter]
    private StreamGlance Glance { get; set; } = null!;

    [CascadingParameter]
    private LakeGlance Lake { get; set; } = null!;

    private int Closed => Glance.Stream.Shards.Count - Glance.Stream.Spec.ShardCount;

    private int Hidden => Glance.Stream.Shards.Count - ShardsShown;

    /// <summary>Open ones first, each group by id.</summary>
    private IEnumerable<(ShardDescription Shard, ShardFigures? Figures)> Shards
    {
        get
        {
            var figures = Glance.Figures?.Shards.ToDictionary(shard => shard.ShardId) ?? [];
            return Glance.Stream.Shards
                .OrderBy(shard => shard.EndingSequenceNumber is not null)
                .Take(ShardsShown)
                .Select(shard => (shard, figures.GetValueOrDefault(shard.ShardId)));
        }
    }

    private static string Share(ShardDescription shard)
    {
        var part = (double)(shard.EndingHashKey - shard.StartingHashKey) / (double)UInt128.MaxValue;
        return (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
    }

    private static string Parents(ShardDescription shard) => (shard.ParentShardId, shard.AdjacentParentShardId) switch
    {
        (null, _) => "–",
        ({ } parent, null) => $"split of {ShardNames.Short(parent)}",
        ({ } parent, { } other) => $"merge of {ShardNames.Short(parent)} and {ShardNames.Short(other)}",
    };
}
