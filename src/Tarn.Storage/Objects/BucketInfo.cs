namespace Tarn.Storage.Objects;

/// <summary>A bucket.</summary>
public sealed record BucketInfo(string Name, DateTimeOffset CreatedAt);
