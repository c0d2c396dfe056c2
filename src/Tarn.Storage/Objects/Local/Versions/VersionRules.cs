using System.Diagnostics.CodeAnalysis;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>What a bucket's versioning means for one object.</summary>
internal static class VersionRules
{
    /// <summary>Whether the current object stays as an earlier version when it is replaced or deleted.</summary>
    public static bool Keeps(BucketVersioning versioning, [NotNullWhen(true)] ObjectRow? current) =>
        current is not null && versioning switch
        {
            BucketVersioning.Enabled => true,
            BucketVersioning.Suspended => current.IsVersioned,
            _ => false,
        };

    /// <summary>The version id, which must have been possible to give out. Fails with Invalid.</summary>
    public static string Check(string versionId) =>
        versionId == ObjectRow.NullVersion
            || (Guid.TryParseExact(versionId, "N", out var id) && id.ToString("N") == versionId)
            ? versionId
            : throw ObjectErrors.InvalidKey($"'{versionId}' is not a version id");
}
