namespace Tarn.Storage.Objects;

/// <summary>What is known of a stored object.</summary>
/// <param name="Key">Bucket and key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Lower-case hex MD5 of the bytes, without quotes.</param>
/// <param name="LastModified">When the put was acknowledged, UTC, whole milliseconds.</param>
/// <param name="Attributes">Headers stored with it.</param>
public sealed record ObjectInfo(
    ObjectKey Key, long Size, string ETag, DateTimeOffset LastModified, ObjectAttributes Attributes);
