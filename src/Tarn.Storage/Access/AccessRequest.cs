using System.Net;

namespace Tarn.Storage.Access;

/// <summary>Somebody's wish to do something.</summary>
/// <param name="Caller">Whose signature was verified; null: nobody's, the request is anonymous.</param>
/// <param name="Action">As policies name it: <c>s3:GetObject</c>.</param>
/// <param name="Bucket">Empty for what is about no bucket.</param>
/// <param name="Key">The whole object key; empty for what is about the bucket itself.</param>
public sealed record AccessRequest(AccessKey? Caller, string Action, string Bucket, string Key)
{
    /// <summary>What the keys of a listing begin with; null where nothing is listed.</summary>
    public string? Prefix { get; init; }

    /// <summary>Where the request comes from; null when that is not known.</summary>
    public IPAddress? From { get; init; }

    /// <summary>Whether it came over TLS.</summary>
    public bool IsSecure { get; init; }
}
