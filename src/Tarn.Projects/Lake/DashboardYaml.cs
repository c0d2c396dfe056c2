using Tarn.Dashboards;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Lake;

/// <summary>Reads one file of <c>dashboards/</c>.</summary>
internal static class DashboardYaml
{
    private static readonly string[] Kinds = ["bar", "line", "table", "number"];

    public static DashboardSpec Read(string name, YamlMap root)
    {
        var dashboard = new DashboardSpec
        {
            Name = name,
            Title = root.RequiredText("title"),
            Tiles = [.. root.List("tiles").Select(Tile)],
        };
        root.End();
        return dashboard;
    }

    private static TileSpec Tile(YamlMap map)
    {
        var defaults = new TileSpec { Title = "" };
        var tile = defaults with
        {
            Title = map.RequiredText("title"),
            Kind = Enum.Parse<TileKind>(map.Choice("kind", Kinds) ?? "table", ignoreCase: true),
            View = map.Text("view"),
            Sql = map.Text("sql"),
            Stream = map.Text("stream"),
            Delivery = map.Text("delivery"),
            X = map.Text("x"),
            Y = map.Text("y"),
            OrderBy = map.Text("order_by"),
            RowsMax = (int)(map.Number("rows_max", 1, 1000) ?? defaults.RowsMax),
            RefreshSeconds = (int)(map.Number("refresh_seconds", 5, 3600) ?? defaults.RefreshSeconds),
            Width = (int)(map.Number("width", 1, 12) ?? defaults.Width),
        };
        map.End();
        return tile;
    }
}
