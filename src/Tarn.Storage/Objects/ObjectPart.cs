namespace Tarn.Storage.Objects;

/// <summary>A stretch of an object that arrived as one part.</summary>
/// <param name="Number">As it was uploaded.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Checksum">Base64 of its checksum, of the object's algorithm, or null.</param>
public sealed record ObjectPart(int Number, long Size, string? Checksum);
