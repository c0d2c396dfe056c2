using Tarn.Console.Tiles;
using Tarn.Dashboards;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Tests.Tiles;

public sealed class RowOrderTests
{
    private static readonly TileColumn[] Columns = [new("at", "timestamp"), new("n", "bigint")];

    [Fact]
    public void Line_KeepsTheLatestAndShowsThemInOrder()
    {
        var tile = new TileSpec { Title = "t", Kind = TileKind.Line, View = "v", X = "n", Y = "n", RowsMax = 3 };
        var shown = RowOrder.Of(tile, Columns).Show(Rows(5, 1, 4, 2, 3), tile.RowsMax);

        Assert.Equal([3L, 4L, 5L], shown.Select(row => row[1]));
    }

    [Theory]
    [InlineData("n", new long[] { 1, 2 })]
    [InlineData("n desc", new long[] { 5, 4 })]
    [InlineData("N DESC", new long[] { 5, 4 })]
    public void Table_KeepsTheFirstOfItsOrder(string order, long[] expected)
    {
        var tile = new TileSpec { Title = "t", Kind = TileKind.Table, View = "v", OrderBy = order, RowsMax = 2 };
        var shown = RowOrder.Of(tile, Columns).Show(Rows(5, 1, 4, 2, 3), tile.RowsMax);

        Assert.Equal(expected.Cast<object?>(), shown.Select(row => row[1]));
    }

    [Fact]
    public void Of_UnknownColumn_NamesItAndTheNearest()
    {
        var tile = new TileSpec { Title = "t", Kind = TileKind.Bar, View = "v", X = "att", Y = "n" };
        var error = Assert.Throws<TarnException>(() => RowOrder.Of(tile, Columns));

        Assert.Contains("att", error.Message, StringComparison.Ordinal);
        Assert.Contains("'at'", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_MixedNumbersAndNull_OrdersBySize()
    {
        object?[] values = [2.5, null, 1L, 3m, "text"];

        Assert.Equal([null, 1L, 2.5, 3m, "text"], values.Order(ValueComparer.Instance));
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(params long[] numbers) =>
        numbers.Select(n => (IReadOnlyList<object?>)[DateTime.UnixEpoch.AddMinutes(n), n]);
}
