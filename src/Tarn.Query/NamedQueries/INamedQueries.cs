namespace Tarn.Query.NamedQueries;

/// <summary>Queries kept under names, by workgroup. They survive a restart. Thread-safe.</summary>
public interface INamedQueries
{
    /// <summary>
    /// Stores a new one and gives it its id. The same <paramref name="token"/> with the same query gives the earlier
    /// one, with another query it fails with Invalid.
    /// </summary>
    Task<NamedQuery> CreateAsync(NamedQuery query, string? token, CancellationToken cancellation);

    /// <summary>Replaces name, description and text. Fails with NotFound.</summary>
    Task UpdateAsync(NamedQuery query, CancellationToken cancellation);

    Task<NamedQuery?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>By id, which is oldest first but for those of one millisecond.</summary>
    Task<IReadOnlyList<NamedQuery>> ListAsync(string workgroup, CancellationToken cancellation);

    /// <summary>Fails with NotFound.</summary>
    Task DeleteAsync(string id, CancellationToken cancellation);
}
