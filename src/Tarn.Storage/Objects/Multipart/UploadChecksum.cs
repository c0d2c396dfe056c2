namespace Tarn.Storage.Objects.Multipart;

/// <summary>The checksum that an upload's parts and object have.</summary>
/// <param name="IsComposite">
/// Over the parts' checksums; otherwise over the object's bytes, which CRCs allow and SHA-1 and SHA-256 do not.
/// </param>
public sealed record UploadChecksum(ChecksumAlgorithm Algorithm, bool IsComposite);
