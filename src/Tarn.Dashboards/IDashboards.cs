namespace Tarn.Dashboards;

/// <summary>Dashboards as declared. Thread-safe; a change is durable when it returns.</summary>
public interface IDashboards
{
    /// <summary>Creates or replaces. Throws Invalid naming the tile and field.</summary>
    Task PutAsync(DashboardSpec spec, CancellationToken cancellation);

    Task<DashboardSpec?> FindAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<DashboardSpec>> ListAsync(CancellationToken cancellation);

    Task DeleteAsync(string name, CancellationToken cancellation);
}
