namespace Tarn.Storage.Objects.Remote;

/// <summary>How objects are kept in an S3 service.</summary>
public sealed record RemoteStorageOptions
{
    public required RemoteLocation Location { get; init; }

    /// <summary>Null, with <see cref="Secret"/>: what AWS' SDK finds by itself (variables, profile, role).</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Never logged.</summary>
    public string? Secret { get; init; }

    /// <summary>Bytes that local copies of objects may take together.</summary>
    public long CacheBytesMax { get; init; } = 10L << 30;
}
