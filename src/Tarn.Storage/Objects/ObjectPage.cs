namespace Tarn.Storage.Objects;

/// <summary>One page of a listing.</summary>
/// <param name="Objects">In key order.</param>
/// <param name="CommonPrefixes">In order.</param>
/// <param name="NextAfter">Pass as <see cref="ObjectListing.After"/> for the next page; null: this was the
/// last.</param>
public sealed record ObjectPage(
    IReadOnlyList<ObjectInfo> Objects, IReadOnlyList<string> CommonPrefixes, string? NextAfter);
