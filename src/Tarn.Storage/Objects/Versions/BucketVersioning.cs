namespace Tarn.Storage.Objects.Versions;

/// <summary>What becomes of an object that is replaced or deleted.</summary>
public enum BucketVersioning
{
    /// <summary>It is gone. So every bucket begins; none comes back here.</summary>
    Unversioned,

    /// <summary>It stays as an earlier version; a delete puts a marker on top.</summary>
    Enabled,

    /// <summary>Versions made while Enabled stay; what comes now replaces the version <c>null</c>.</summary>
    Suspended,
}
