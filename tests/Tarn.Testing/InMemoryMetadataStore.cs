using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Testing;

/// <summary>
/// A metadata store for tests of rooms that keep resources; it outlives a "restart" when it is passed on.
/// </summary>
public sealed class InMemoryMetadataStore : IMetadataStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Kind, string Name), Resource> _resources =
        new(Comparer<(string Kind, string Name)>.Create((a, b) =>
            string.CompareOrdinal(a.Kind, b.Kind) is var kind and not 0
                ? kind
                : string.CompareOrdinal(a.Name, b.Name)));

    /// <summary>Thrown by the next change instead of making it, then forgotten.</summary>
    public Exception? NextFailure { get; set; }

    public Task<Resource?> FindAsync(string kind, string name, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_resources.GetValueOrDefault((kind, name)));
        }
    }

    public Task<IReadOnlyList<Resource>> ListAsync(
        string kind, string prefix, string? after, int countMax, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Resource>>([.. _resources.Values
                .Where(resource => resource.Kind == kind
                    && resource.Name.StartsWith(prefix, StringComparison.Ordinal)
                    && (after is null || string.CompareOrdinal(resource.Name, after) > 0))
                .Take(countMax)]);
        }
    }

    public Task ApplyAsync(IReadOnlyList<MetadataChange> changes, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (NextFailure is { } failure)
            {
                NextFailure = null;
                return Task.FromException(failure);
            }

            foreach (var change in changes)
            {
                var version = _resources.GetValueOrDefault((change.Kind, change.Name))?.Version ?? 0;
                if ((change.ExpectedVersion is { } expected && expected != version)
                    || (change.Action == MetadataAction.Require && version == 0))
                {
                    return Task.FromException(new TarnException(
                        ErrorKind.Conflict,
                        $"{change.Kind} '{change.Name}' is at version {version}, not {change.ExpectedVersion}"));
                }
            }

            foreach (var change in changes)
            {
                Apply(change);
            }
        }

        return Task.CompletedTask;
    }

    private void Apply(MetadataChange change)
    {
        var key = (change.Kind, change.Name);
        switch (change)
        {
            case { Action: MetadataAction.Require }:
                break;
            case { Action: MetadataAction.DeletePrefix }:
                foreach (var child in _resources.Keys.Where(IsChild).ToList())
                {
                    _resources.Remove(child);
                }

                break;
            case { Spec: null }:
                _resources.Remove(key);
                break;
            default:
                var version = _resources.GetValueOrDefault(key)?.Version ?? 0;
                _resources[key] = new Resource(change.Kind, change.Name, change.Spec, version + 1);
                break;
        }

        bool IsChild((string Kind, string Name) key) =>
            key.Kind == change.Kind && key.Name.StartsWith(change.Name, StringComparison.Ordinal);
    }
}
