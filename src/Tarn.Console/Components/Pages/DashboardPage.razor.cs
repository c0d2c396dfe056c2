using Microsoft.AspNetCore.Components;
using Tarn.Dashboards;

namespace Tarn.Console.Components.Pages;

/// <summary>
/// The frames of a dashboard's tiles. What stands in them is drawn by <c>dashboard.js</c> from one event stream;
/// rows never pass through this component.
/// </summary>
public sealed partial class DashboardPage
{
    [Parameter]
    public required string Name { get; set; }

    [Inject]
    private IDashboards Dashboards { get; set; } = null!;

    private DashboardSpec? Dashboard { get; set; }

    private bool IsLoaded { get; set; }

    private string Source => $"/api/dashboards/{Uri.EscapeDataString(Name)}/events";

    protected override async Task OnParametersSetAsync()
    {
        Dashboard = await Dashboards.FindAsync(Name, CancellationToken.None);
        IsLoaded = true;
    }

    private static string Kind(TileSpec tile) => tile.Kind switch
    {
        TileKind.Bar => "bar",
        TileKind.Line => "line",
        TileKind.Table => "table",
        TileKind.Number => "number",
        _ => throw new InvalidOperationException($"tile kind {tile.Kind} has no drawing"),
    };

    private static string SourceOf(TileSpec tile) =>
        tile.View is not null ? "view"
        : tile.Stream is not null ? "stream"
        : tile.Delivery is not null ? "delivery"
        : "sql";

    private static bool IsChart(TileSpec tile) => tile.Kind is TileKind.Bar or TileKind.Line;
}
