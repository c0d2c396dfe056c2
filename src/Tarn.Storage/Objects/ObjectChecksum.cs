namespace Tarn.Storage.Objects;

/// <summary>A checksum kept with an object, or with one part of an upload.</summary>
/// <param name="Value">
/// Base64 of the checksum, big endian. Composite: of the parts' checksums one after the other, then <c>-</c> and the
/// number of parts.
/// </param>
/// <param name="IsComposite">Over the parts' checksums; otherwise over the object's bytes.</param>
public sealed record ObjectChecksum(ChecksumAlgorithm Algorithm, string Value, bool IsComposite);
