namespace Tarn.Storage.Objects.Versions;

/// <summary>One page of versions: by key, each key's newest first.</summary>
/// <param name="CommonPrefixes">In order.</param>
/// <param name="NextAfter">Pass as <see cref="ObjectListing.After"/> for the next page; null: this was the
/// last.</param>
/// <param name="NextAfterVersionId">Goes with <paramref name="NextAfter"/>; null after a common prefix.</param>
public sealed record VersionPage(
    IReadOnlyList<ObjectVersion> Versions, IReadOnlyList<string> CommonPrefixes, string? NextAfter,
    string? NextAfterVersionId);
