namespace Tarn.Aws.S3;

/// <summary>
/// The host names below which a bucket is a host of its own (<c>bucket.s3.localhost</c>). Every other host, and each of
/// these names itself, has the bucket in the path.
/// </summary>
internal sealed class S3Hosts(IEnumerable<string> names)
{
    private readonly string[] _suffixes = [.. names.Select(name => "." + name).OrderByDescending(name => name.Length)];

    /// <summary>The bucket that a host (without its port) names, or empty.</summary>
    public string BucketOf(string host)
    {
        foreach (var suffix in _suffixes)
        {
            if (host.AsSpan().Equals(suffix.AsSpan(1), StringComparison.OrdinalIgnoreCase))
            {
                return "";
            }

            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return host[..^suffix.Length].ToLowerInvariant();
            }
        }

        return "";
    }
}
