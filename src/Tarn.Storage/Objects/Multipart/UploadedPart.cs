namespace Tarn.Storage.Objects.Multipart;

/// <summary>A part that is stored.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Lower-case hex MD5 of its bytes, without quotes.</param>
/// <param name="LastModified">UTC, whole milliseconds.</param>
/// <param name="Checksum">Of its bytes, or null.</param>
public sealed record UploadedPart(
    int Number, long Size, string ETag, DateTimeOffset LastModified, ObjectChecksum? Checksum);
