using Tarn.Primitives.Errors;

namespace Tarn.Clients.S3;

/// <summary><c>s3://bucket/key</c>: a bucket, and an object in it or the beginning of names (empty: all).</summary>
internal sealed record S3Location(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>True for a text that is meant to be a location, right or wrong.</summary>
    public static bool Looks(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="TarnException">Invalid when it is not one.</exception>
    public static S3Location Parse(string text)
    {
        var rest = Looks(text) ? text[Scheme.Length..] : "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var location = slash < 0 ? new S3Location(rest, "") : new S3Location(rest[..slash], rest[(slash + 1)..]);
        return location.Bucket.Length > 0
            ? location
            : throw new TarnException(
                ErrorKind.Invalid, $"'{text}' names no bucket", hint: "write it as s3://bucket or s3://bucket/key");
    }

    /// <summary>The location as a folder: its key ends with a slash unless it is the whole bucket.</summary>
    public S3Location AsFolder() => Key.Length == 0 || Key.EndsWith('/') ? this : this with { Key = Key + "/" };

    public S3Location With(string key) => this with { Key = key };

    public override string ToString() => Key.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Key}";
}
