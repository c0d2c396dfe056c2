namespace Tarn.Storage.Objects.Multipart;

/// <summary>A part as the sender names it when an upload is completed.</summary>
/// <param name="ETag">Without quotes; it must be the stored part's.</param>
/// <param name="Checksum">Base64, or null; it must be the stored part's.</param>
public sealed record CompletedPart(int Number, string ETag, string? Checksum);
