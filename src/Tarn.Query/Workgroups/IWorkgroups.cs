namespace Tarn.Query.Workgroups;

/// <summary>Named sets of limits and defaults for queries. <c>primary</c> always exists. Thread-safe.</summary>
public interface IWorkgroups
{
    Task<Workgroup> PutAsync(Workgroup workgroup, CancellationToken cancellation);

    Task<Workgroup?> FindAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<Workgroup>> ListAsync(CancellationToken cancellation);

    /// <summary>Removes it; <c>primary</c> is refused.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation);
}
