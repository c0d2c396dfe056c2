namespace Tarn.Storage.Objects.Local;

/// <summary>A file name that has changed and waits for the fsync of its folder.</summary>
/// <param name="Path">Relative to the bucket's folder; empty for a version's file.</param>
/// <param name="Id">Of the row it belongs to; a row that was replaced meanwhile is left alone.</param>
internal sealed record Settlement(ObjectKey Key, string Path, Guid Id, SettlementKind Kind)
{
    /// <summary>Of the file of an earlier version.</summary>
    public static Settlement OfVersion(ObjectKey key, Guid id, SettlementKind kind) => new(key, "", id, kind);
}
