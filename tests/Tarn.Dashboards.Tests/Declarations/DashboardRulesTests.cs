using Tarn.Dashboards.Declarations;
using Tarn.Primitives.Errors;

namespace Tarn.Dashboards.Tests.Declarations;

public sealed class DashboardRulesTests
{
    private static readonly TileSpec Good = new() { Title = "t", Kind = TileKind.Table, View = "v" };

    public static TheoryData<TileSpec, string> Faults => new()
    {
        { Good with { View = null }, "one of view, sql, stream, delivery is missing" },
        { Good with { Stream = "s" }, "view and stream are given" },
        { Good with { View = " " }, "view is empty" },
        { Good with { View = null, Sql = "DROP TABLE x" }, "sql must be a query" },
        { Good with { View = null, Delivery = "d", Kind = TileKind.Bar, X = "a" }, "kind of a delivery tile" },
        { Good with { View = null, Delivery = "d", Y = "lag" }, "y of a delivery tile" },
        { Good with { Title = "" }, "title must be" },
        { Good with { Kind = TileKind.Bar, Y = "y" }, "x is missing" },
        { Good with { Kind = TileKind.Number }, "y is missing" },
        { Good with { OrderBy = "games down" }, "order_by" },
        { Good with { RowsMax = 0 }, "rows_max" },
        { Good with { RefreshSeconds = 4 }, "refresh_seconds" },
        { Good with { Width = 13 }, "width" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_FaultyTile_NamesTileAndField(TileSpec tile, string fault)
    {
        var spec = new DashboardSpec { Name = "d", Title = "D", Tiles = [Good, tile] };
        var error = Assert.Throws<TarnException>(() => DashboardRules.Check(spec));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Contains("tile 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralFaults_TellsAll()
    {
        var spec = new DashboardSpec { Name = "Not Good", Title = "", Tiles = [Good with { Width = 0, RowsMax = -1 }] };
        var error = Assert.Throws<TarnException>(() => DashboardRules.Check(spec));

        Assert.Contains("Not Good", error.Message, StringComparison.Ordinal);
        Assert.Contains("title", error.Detail, StringComparison.Ordinal);
        Assert.Contains("rows_max", error.Detail, StringComparison.Ordinal);
        Assert.Contains("width", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("-- a comment\nWITH a AS (SELECT 1) SELECT * FROM a")]
    [InlineData("(select 1) union (select 2)")]
    public void Check_Query_IsTaken(string sql)
    {
        var spec = new DashboardSpec { Name = "d", Title = "D", Tiles = [Good with { View = null, Sql = sql }] };

        Assert.Null(Record.Exception(() => DashboardRules.Check(spec)));
    }
}
