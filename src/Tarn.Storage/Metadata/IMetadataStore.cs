namespace Tarn.Storage.Metadata;

/// <summary>
/// Where every resource lives: kind, name, JSON spec, version. A write is durable when it returns; a batch happens
/// whole or not at all. Thread-safe. Names are compared by ordinal UTF-8 order. Failures: Conflict (version),
/// Unavailable (disk).
/// </summary>
public interface IMetadataStore
{
    Task<Resource?> FindAsync(string kind, string name, CancellationToken cancellation);

    /// <summary>
    /// Resources of one kind in name order whose name begins with <paramref name="prefix"/> and comes after
    /// <paramref name="after"/> (null: from the start), at most <paramref name="countMax"/>.
    /// </summary>
    Task<IReadOnlyList<Resource>> ListAsync(
        string kind, string prefix, string? after, int countMax, CancellationToken cancellation);

    /// <summary>
    /// Names alone, of all resources of one kind whose name begins with <paramref name="prefix"/>, in order. Of many
    /// resources this costs a fraction of <see cref="ListAsync"/>.
    /// </summary>
    async Task<IReadOnlyList<string>> ListNamesAsync(string kind, string prefix, CancellationToken cancellation)
    {
        var resources = await ListAsync(kind, prefix, after: null, int.MaxValue, cancellation).ConfigureAwait(false);
        return [.. resources.Select(resource => resource.Name)];
    }

    /// <summary>
    /// Applies all changes in one durable transaction, or none and throws Conflict naming the first that did not
    /// fit.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<MetadataChange> changes, CancellationToken cancellation);

    /// <summary>
    /// Tells of changes to resources of one kind whose name begins with <paramref name="prefix"/>, until disposed.
    /// </summary>
    MetadataWatch Watch(string kind, string prefix) => MetadataWatch.Blind(kind, prefix);
}
