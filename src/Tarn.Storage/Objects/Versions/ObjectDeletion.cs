namespace Tarn.Storage.Objects.Versions;

/// <summary>What a delete did.</summary>
/// <param name="IsFound">There was an object, or the version that was named.</param>
/// <param name="VersionId">The version that is gone, or the marker that was made; null in an unversioned
/// bucket.</param>
/// <param name="IsMarker">That one is a delete marker.</param>
public sealed record ObjectDeletion(bool IsFound, string? VersionId, bool IsMarker);
