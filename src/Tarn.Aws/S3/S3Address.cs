using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>What a request is about: the service, a bucket, or an object in it.</summary>
internal readonly record struct S3Address(string Bucket, string Key)
{
    private const string LocalSuffix = ".localhost";

    /// <summary>The word that the list of operations uses for it.</summary>
    public string Level => Bucket.Length == 0 ? "service" : Key.Length == 0 ? "bucket" : "object";

    public string Resource => Key.Length == 0 ? "/" + Bucket : $"/{Bucket}/{Key}";

    /// <summary>
    /// Reads path addressing (<c>/bucket/key</c>) and, for hosts below localhost, virtual-host addressing
    /// (<c>bucket.localhost/key</c>, <c>bucket.s3.localhost/key</c>).
    /// </summary>
    public static S3Address Parse(string host, string path)
    {
        var rest = path.StartsWith('/') ? path[1..] : path;
        if (HostBucket(host) is { Length: > 0 } bucket)
        {
            return new S3Address(bucket, UriEncoding.Decode(rest, plusIsSpace: false));
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new S3Address(UriEncoding.Decode(rest, plusIsSpace: false), "")
            : new S3Address(
                UriEncoding.Decode(rest[..slash], plusIsSpace: false),
                UriEncoding.Decode(rest[(slash + 1)..], plusIsSpace: false));
    }

    private static string HostBucket(string host)
    {
        if (!host.EndsWith(LocalSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return "";
        }

        var name = host[..^LocalSuffix.Length];
        return name == "s3" ? "" : name.EndsWith(".s3", StringComparison.Ordinal) ? name[..^3] : name;
    }
}
