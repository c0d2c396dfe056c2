namespace Tarn.Storage.Objects;

/// <summary>What a put states about an object.</summary>
public sealed record ObjectAttributes
{
    /// <summary>Nothing stated.</summary>
    public static ObjectAttributes None { get; } = new();

    /// <summary>MIME type; default <c>binary/octet-stream</c> as on S3.</summary>
    public string ContentType { get; init; } = "binary/octet-stream";

    /// <summary>
    /// Further stored headers, by lower-case name: content-encoding, cache-control, content-disposition,
    /// content-language, expires.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>User metadata by lower-case name, without the <c>x-amz-meta-</c> prefix.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The checksum to keep, or null. Asked for once, when the body has ended: a sender may state it behind the body.
    /// </summary>
    public Func<ObjectChecksum?>? Checksum { get; init; }

    /// <summary>What must hold when the put becomes visible, or null.</summary>
    public PutCondition? Condition { get; init; }

    /// <summary>Whether a form brought it, which events tell apart.</summary>
    public bool IsForm { get; init; }

    /// <summary>Bytes announced by the sender, or null; a body of another length is refused.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Base64 MD5 that the body must have, or null.</summary>
    public string? ContentMd5 { get; init; }

    /// <summary>Lower-case hex SHA-256 that the body must have, or null.</summary>
    public string? ContentSha256 { get; init; }
}
