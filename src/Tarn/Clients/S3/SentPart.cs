namespace Tarn.Clients.S3;

/// <summary>A part that the server has, as completing the upload names it.</summary>
internal sealed record SentPart(int Number, string ETag, string Checksum);
