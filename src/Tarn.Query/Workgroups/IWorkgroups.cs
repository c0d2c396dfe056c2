namespace Tarn.Query.Workgroups;

/// <summary>Named sets of limits and defaults for queries. <c>primary</c> always exists. Thread-safe.</summary>
public interface IWorkgroups
{
    /// <summary>Stores a new one with its tags. Fails with AlreadyExists.</summary>
    Task<Workgroup> CreateAsync(
        Workgroup workgroup, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation);

    /// <summary>Stores it, whether or not it exists; when it was created stays as it was.</summary>
    Task<Workgroup> PutAsync(Workgroup workgroup, CancellationToken cancellation);

    Task<Workgroup?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<Workgroup>> ListAsync(CancellationToken cancellation);

    /// <summary>Tags by ordinal key. Fails with NotFound.</summary>
    Task<IReadOnlyDictionary<string, string>> TagsAsync(string name, CancellationToken cancellation);

    /// <summary>Replaces the tags by what <paramref name="change"/> makes of them. Fails with NotFound.</summary>
    Task SetTagsAsync(
        string name, Action<SortedDictionary<string, string>> change, CancellationToken cancellation);

    /// <summary>
    /// Removes it; <c>primary</c> is refused. What belongs to it goes by <see cref="IWorkgroupRemoval"/>.
    /// </summary>
    Task DeleteAsync(string name, CancellationToken cancellation);
}
