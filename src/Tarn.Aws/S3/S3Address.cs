using System.Globalization;
using System.Text;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>What a request is about: the service, a bucket, or an object in it.</summary>
internal readonly record struct S3Address(string Bucket, string Key)
{
    private const int KeyBytesMax = 1024;

    /// <summary>The word that the list of operations uses for it.</summary>
    public string Level => Bucket.Length == 0 ? "service" : Key.Length == 0 ? "bucket" : "object";

    /// <summary>What S3's errors call the level: SERVICE, BUCKET, OBJECT.</summary>
    public string ResourceType => Level.ToUpperInvariant();

    public string Resource => Key.Length == 0 ? "/" + Bucket : $"/{Bucket}/{Key}";

    /// <summary>
    /// Reads the bucket from the host or else from the path's first part; the rest of the path is the key, decoded once
    /// and otherwise as it came: slashes, dots and plus signs stay. False for a path that is no UTF-8 or holds NUL.
    /// </summary>
    /// <param name="bucketOfHost">What <see cref="S3Hosts"/> says of the request's host.</param>
    /// <param name="path">As it came on the wire.</param>
    public static bool TryParse(string bucketOfHost, string path, out S3Address address)
    {
        address = new S3Address("", "");
        var rest = path.StartsWith('/') ? path[1..] : path;
        if (bucketOfHost.Length > 0)
        {
            var isKey = TryDecode(rest, out var key);
            address = new S3Address(bucketOfHost, isKey ? key : "");
            return isKey;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (!TryDecode(slash < 0 ? rest : rest[..slash], out var bucket)
            || !TryDecode(slash < 0 ? "" : rest[(slash + 1)..], out var keyText))
        {
            return false;
        }

        address = new S3Address(bucket, keyText);
        return true;
    }

    /// <summary>Refuses a key that is longer than S3's 1,024 bytes.</summary>
    public static void CheckKey(string key)
    {
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > KeyBytesMax)
        {
            throw new AwsException("KeyTooLongError", 400, "Your key is too long")
            {
                Elements =
                [
                    new("Size", bytes.ToString(CultureInfo.InvariantCulture)),
                    new("MaxSizeAllowed", KeyBytesMax.ToString(CultureInfo.InvariantCulture)),
                ],
            };
        }
    }

    private static bool TryDecode(string text, out string decoded) =>
        UriEncoding.TryDecode(text, out decoded) && !decoded.Contains('\0');
}
