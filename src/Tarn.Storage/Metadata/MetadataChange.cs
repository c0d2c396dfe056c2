namespace Tarn.Storage.Metadata;

/// <summary>A change to one resource within a batch.</summary>
/// <param name="Spec">The new spec; null deletes.</param>
/// <param name="ExpectedVersion">The version that must be current; 0: must not exist; null: whatever is there.</param>
public sealed record MetadataChange(string Kind, string Name, string? Spec, long? ExpectedVersion)
{
    public static MetadataChange Create(string kind, string name, string spec) => new(kind, name, spec, 0);

    public static MetadataChange Put(string kind, string name, string spec, long? expectedVersion = null) =>
        new(kind, name, spec, expectedVersion);

    public static MetadataChange Delete(string kind, string name, long? expectedVersion = null) =>
        new(kind, name, null, expectedVersion);
}
