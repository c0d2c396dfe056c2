namespace Tarn.Storage.Objects.Multipart;

/// <summary>An upload under way.</summary>
/// <param name="UploadId">32 hex digits.</param>
/// <param name="Initiated">UTC, whole milliseconds.</param>
/// <param name="Attributes">Those of the object to be.</param>
/// <param name="Checksum">How it will be checked, or null.</param>
public sealed record MultipartUpload(
    ObjectKey Key, string UploadId, DateTimeOffset Initiated, ObjectAttributes Attributes, UploadChecksum? Checksum);
