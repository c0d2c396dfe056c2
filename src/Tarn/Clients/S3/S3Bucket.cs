namespace Tarn.Clients.S3;

/// <summary>A bucket as ListBuckets tells it.</summary>
internal sealed record S3Bucket(string Name, DateTimeOffset CreatedAt);
