namespace Tarn.Storage.Objects.Versions;

/// <summary>One version of an object, or a marker that hides those below it.</summary>
/// <param name="Info">Of a marker: key, version and date only.</param>
/// <param name="IsMarker">A delete marker, which has no bytes.</param>
/// <param name="IsLatest">Nothing newer has its key. The latest version is the current object unless it is a
/// marker.</param>
public sealed record ObjectVersion(ObjectInfo Info, bool IsMarker, bool IsLatest)
{
    public ObjectKey Key => Info.Key;

    /// <summary>32 hex digits, or <c>null</c> as text.</summary>
    public string VersionId => Info.VersionId!;
}
