namespace Tarn.Storage.Metadata;

/// <summary>A change to one resource within a batch.</summary>
/// <param name="Spec">The new spec; null deletes.</param>
/// <param name="ExpectedVersion">The version that must be current; 0: must not exist; null: whatever is there.</param>
public sealed record MetadataChange(string Kind, string Name, string? Spec, long? ExpectedVersion)
{
    /// <summary>Write unless made by <see cref="Require"/> or <see cref="DeletePrefix"/>.</summary>
    public MetadataAction Action { get; private init; }

    public static MetadataChange Create(string kind, string name, string spec) => new(kind, name, spec, 0);

    public static MetadataChange Put(string kind, string name, string spec, long? expectedVersion = null) =>
        new(kind, name, spec, expectedVersion);

    public static MetadataChange Delete(string kind, string name, long? expectedVersion = null) =>
        new(kind, name, null, expectedVersion);

    /// <summary>
    /// Lets the batch happen only while this resource exists, so that a child is never added to a deleted parent.
    /// </summary>
    public static MetadataChange Require(string kind, string name, long? expectedVersion = null) =>
        new(kind, name, null, expectedVersion) { Action = MetadataAction.Require };

    /// <summary>
    /// Deletes all resources whose name begins so, those included that are added while the batch waits; "": all of
    /// a kind.
    /// </summary>
    public static MetadataChange DeletePrefix(string kind, string prefix) =>
        new(kind, prefix, null, null) { Action = MetadataAction.DeletePrefix };
}
