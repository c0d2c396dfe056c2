namespace Tarn.Storage.Objects;

/// <summary>What is known of a stored object.</summary>
/// <param name="Key">Bucket and key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">
/// Without quotes: lower-case hex MD5 of the bytes, or of the parts' MD5s with <c>-</c> and the number of parts.
/// </param>
/// <param name="LastModified">When the put was acknowledged, UTC, whole milliseconds.</param>
/// <param name="Attributes">Headers stored with it.</param>
public sealed record ObjectInfo(
    ObjectKey Key, long Size, string ETag, DateTimeOffset LastModified, ObjectAttributes Attributes)
{
    /// <summary>Kept at the put, or null.</summary>
    public ObjectChecksum? Checksum { get; init; }

    /// <summary>
    /// 32 hex digits; the text <c>null</c> for one put while its bucket kept no versions; null in a bucket that never
    /// kept any.
    /// </summary>
    public string? VersionId { get; init; }

    /// <summary>Of an object that was uploaded in parts, in order; otherwise empty.</summary>
    public IReadOnlyList<ObjectPart> Parts { get; init; } = [];
}
