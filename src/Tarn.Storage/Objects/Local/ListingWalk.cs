using System.Text;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Reads one page of keys off the index in order. A common prefix is written once and then jumped over with a new
/// seek, so a page costs its entries, not the keys below them.
/// <code>
/// seek --> row --> key within prefix? no: end
///           |          delimiter after prefix? yes: common prefix, seek behind it
///           +--------- no: object, next row
/// </code>
/// </summary>
internal sealed class ListingWalk(SqlSession session, string bucket, ObjectListing listing)
{
    private const string SeekSql =
        $"SELECT {ObjectRow.Columns} FROM object WHERE bucket = $1 AND key >= $2 ORDER BY key LIMIT $3";

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(listing.Prefix);
    private readonly List<ObjectInfo> _objects = [];
    private readonly List<string> _commonPrefixes = [];
    private string? _last;

    /// <summary>Rows read off the index so far.</summary>
    public int RowsRead { get; private set; }

    private int Room => listing.EntriesMax - _objects.Count - _commonPrefixes.Count;

    public ObjectPage Run()
    {
        for (var from = Start(); from is not null;)
        {
            from = WalkFrom(from, out var isFull);
            if (isFull)
            {
                return new ObjectPage(_objects, _commonPrefixes, _last);
            }
        }

        return new ObjectPage(_objects, _commonPrefixes, NextAfter: null);
    }

    /// <summary>Reads rows until the end (null) or a common prefix (where to seek next).</summary>
    private byte[]? WalkFrom(byte[] from, out bool isFull)
    {
        isFull = false;
        using var rows = session.Query(SeekSql, bucket, from, Room + 1);
        while (rows.Read())
        {
            RowsRead++;
            var row = ObjectRow.Read(rows);
            var key = row.Key.Key;
            if (!key.StartsWith(listing.Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            isFull = Room == 0;
            if (isFull)
            {
                return null;
            }

            _last = CommonPrefix(key);
            if (_last is not null)
            {
                _commonPrefixes.Add(_last);
                return After(_last);
            }

            _last = key;
            _objects.Add(row.ToInfo());
        }

        return null;
    }

    /// <summary>The first key that may be listed.</summary>
    private byte[] Start()
    {
        if (listing.After is not { Length: > 0 } after)
        {
            return _prefix;
        }

        // A common prefix that is not after "after" is not listed, however many keys below it are.
        var behind = after.StartsWith(listing.Prefix, StringComparison.Ordinal) && CommonPrefix(after) is { } folded
            ? After(folded)
            : [.. Encoding.UTF8.GetBytes(after), 0];
        return behind.AsSpan().SequenceCompareTo(_prefix) > 0 ? behind : _prefix;
    }

    private string? CommonPrefix(string key)
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
    private static byte[] After(string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(prefix);
        bytes[^1]++;
        return bytes;
    }
}
