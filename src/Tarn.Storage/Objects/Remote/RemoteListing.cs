using System.Text;
using Amazon.S3.Model;

namespace Tarn.Storage.Objects.Remote;

/// <summary>A page as the service lists it, in Tarn's names.</summary>
internal static class RemoteListing
{
    /// <summary>The common prefix that <see cref="ObjectListing.After"/> lies in, or null.</summary>
    public static string? PassedPrefix(ObjectListing listing)
    {
        if (listing is not { Delimiter: { Length: > 0 } delimiter, After: { } after }
            || !after.StartsWith(listing.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var at = after.IndexOf(delimiter, listing.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : after[..(at + delimiter.Length)];
    }

    public static ObjectPage Page(RemoteNames names, string bucket, ListObjectsV2Response answer, string? passed)
    {
        var objects = (answer.S3Objects ?? []).Select(found => new ObjectInfo(
            names.Back(bucket, found.Key),
            found.Size ?? 0,
            found.ETag.Trim('"'),
            RemoteTime.Of(found.LastModified),
            ObjectAttributes.None)).ToList();
        var prefixes = (answer.CommonPrefixes ?? []).Select(prefix => names.Back(bucket, prefix).Key).ToList();
        var last = Later(objects.Count == 0 ? null : objects[^1].Key.Key, prefixes.Count == 0 ? null : prefixes[^1]);
        prefixes.RemoveAll(prefix => prefix == passed);
        return new ObjectPage(objects, prefixes, answer.IsTruncated == true ? last : null);
    }

    private static string? Later(string? left, string? right) =>
        left is null || right is null ? left ?? right
        : Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)) > 0 ? left : right;
}
