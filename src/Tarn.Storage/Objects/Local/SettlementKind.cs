namespace Tarn.Storage.Objects.Local;

/// <summary>What has become of a file.</summary>
internal enum SettlementKind
{
    /// <summary>It is in place (row of <c>object</c>).</summary>
    Placed,

    /// <summary>It is gone (row of <c>removal</c>).</summary>
    Removed,

    /// <summary>It is in place (row of <c>object_version</c>).</summary>
    VersionPlaced,

    /// <summary>It is gone (row of <c>version_removal</c>).</summary>
    VersionRemoved,
}
