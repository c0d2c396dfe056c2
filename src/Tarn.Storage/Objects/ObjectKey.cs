using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects;

/// <summary>Bucket and key. The key is any UTF-8 text of 1 to 1,024 bytes.</summary>
public readonly record struct ObjectKey(string Bucket, string Key)
{
    /// <summary>Parses <c>s3://bucket/key</c>; the key may be empty (a whole bucket). Fails with Invalid.</summary>
    public static ObjectKey Parse(string uri)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["s3://", "s3a://", "s3n://"])
        {
            if (uri.StartsWith(scheme, StringComparison.Ordinal))
            {
                var rest = uri[scheme.Length..];
                var slash = rest.IndexOf('/', StringComparison.Ordinal);
                var (bucket, key) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
                if (bucket.Length > 0)
                {
                    return new ObjectKey(bucket, key);
                }
            }
        }

        throw new TarnException(ErrorKind.Invalid, $"'{uri}' is not an s3://bucket/key location");
    }

    /// <summary><c>s3://bucket/key</c>.</summary>
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
