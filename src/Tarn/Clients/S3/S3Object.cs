namespace Tarn.Clients.S3;

/// <summary>An object as a listing or a HEAD tells it.</summary>
/// <param name="ETag">Without its quotes.</param>
internal sealed record S3Object(string Key, long Size, DateTimeOffset LastModified, string ETag);
