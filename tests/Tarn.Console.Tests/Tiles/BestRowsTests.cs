using Tarn.Console.Tiles;
using Tarn.Dashboards;

namespace Tarn.Console.Tests.Tiles;

/// <summary>The bounded choice of rows against a plain sort of all of them.</summary>
public sealed class BestRowsTests
{
    private static readonly TileColumn[] Columns = [new("user", "varchar"), new("games", "bigint")];

    private static readonly TileSpec Tile = new()
    {
        Title = "best", Kind = TileKind.Bar, View = "v", X = "user", Y = "games", OrderBy = "games desc", RowsMax = 10,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Show_AfterRandomChanges_IsAPlainSortOrAsksForASnapshot(int seed)
    {
        var random = new Random(seed);
        var all = new Dictionary<string, long>();
        var best = new BestRows(RowOrder.Of(Tile, Columns), [0], Tile.RowsMax);
        var snapshots = 0;
        for (var round = 0; round < 60; round++)
        {
            var changed = Enumerable.Range(0, 500).Select(_ => $"u{random.Next(20_000)}").Distinct().ToList();
            foreach (var user in changed)
            {
                // Values fall as often as they rise, which is what makes a bounded choice hard.
                all[user] = random.Next(100_000);
            }

            best.Put([.. changed.Select(user => Row(user, all[user]))]);
            if (best.NeedsSnapshot)
            {
                snapshots++;
                best.Reset();
                best.Put([.. all.Select(pair => Row(pair.Key, pair.Value))]);
            }

            var expected = all.Values.OrderDescending().Take(Tile.RowsMax);
            Assert.Equal(expected, best.Show().Select(row => (long)row[1]!));
        }

        Assert.True(all.Count > BestRows.KeptMin, "the choice must have had to drop rows");
        Assert.InRange(snapshots, 0, 30);
    }

    [Fact]
    public void NeedsSnapshot_WhenShownRowsFallBelowDroppedOnes_IsTrue()
    {
        var best = new BestRows(RowOrder.Of(Tile, Columns), [0], Tile.RowsMax);
        var rows = Enumerable.Range(0, best.KeptMax + 100).Select(i => Row($"u{i}", i + 1000)).ToList();
        best.Put(rows);
        Assert.False(best.NeedsSnapshot);
        best.Put([.. rows.Select(row => Row((string)row[0]!, 1)).Skip(100)]);

        Assert.True(best.NeedsSnapshot);
    }

    private static IReadOnlyList<object?> Row(string user, long games) => [user, games];
}
