namespace Tarn.Dashboards;

/// <summary>A page of tiles.</summary>
public sealed record DashboardSpec
{
    /// <summary>Lower-case letters, digits, hyphens; part of the page's address.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public IReadOnlyList<TileSpec> Tiles { get; init; } = [];
}
