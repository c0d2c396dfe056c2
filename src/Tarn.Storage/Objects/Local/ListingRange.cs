using System.Text;

namespace Tarn.Storage.Objects.Local;

/// <summary>The keys that a listing may yield, as a range of the index, and how they fold.</summary>
internal sealed class ListingRange(ObjectListing listing)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(listing.Prefix);

    /// <summary>The first key that may be listed.</summary>
    public byte[] Start()
    {
        if (listing.After is not { Length: > 0 } after)
        {
            return _prefix;
        }

        // A common prefix that is not after "after" is not listed, however many keys below it are.
        var behind = Contains(after) && CommonPrefix(after) is { } folded
            ? Behind(folded)
            : [.. Encoding.UTF8.GetBytes(after), 0];
        return behind.AsSpan().SequenceCompareTo(_prefix) > 0 ? behind : _prefix;
    }

    public bool Contains(string key) => key.StartsWith(listing.Prefix, StringComparison.Ordinal);

    /// <summary>What the key, which is in the range, folds into; null: it stands for itself.</summary>
    public string? CommonPrefix(string key)
    {
        if (string.IsNullOrEmpty(listing.Delimiter))
        {
            return null;
        }

        var at = key.IndexOf(listing.Delimiter, listing.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + listing.Delimiter.Length)];
    }

    /// <summary>
    /// The first bytes behind every key that begins so. UTF-8 has no byte 0xFF, so the last one can always grow.
    /// </summary>
    public static byte[] Behind(string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(prefix);
        bytes[^1]++;
        return bytes;
    }
}
