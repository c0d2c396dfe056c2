using Tarn.Storage.Metadata;

namespace Tarn.Testing;

/// <summary>
/// A metadata store whose transactions fail where <see cref="Faults"/> says: before they happened
/// (<c>apply:before:</c>) or after, before the caller knows (<c>apply:after:</c>). The point goes on with
/// <c>kind/name</c> of each change, by commas.
/// </summary>
public sealed class FaultyMetadataStore(IMetadataStore inner, Faults faults) : IMetadataStore
{
    public Task<Resource?> FindAsync(string kind, string name, CancellationToken cancellation) =>
        inner.FindAsync(kind, name, cancellation);

    public Task<IReadOnlyList<Resource>> ListAsync(
        string kind, string prefix, string? after, int countMax, CancellationToken cancellation) =>
        inner.ListAsync(kind, prefix, after, countMax, cancellation);

    public MetadataWatch Watch(string kind, string prefix) => inner.Watch(kind, prefix);

    public async Task ApplyAsync(IReadOnlyList<MetadataChange> changes, CancellationToken cancellation)
    {
        var names = string.Join(',', changes.Select(change => $"{change.Kind}/{change.Name}"));
        faults.Pass("apply:before:" + names);
        await inner.ApplyAsync(changes, cancellation);
        faults.Pass("apply:after:" + names);
    }
}
