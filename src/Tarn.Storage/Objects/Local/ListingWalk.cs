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
        $"SELECT {ObjectRow.Shown} FROM object WHERE bucket = $1 AND key >= $2 ORDER BY key LIMIT $3";

    private readonly ListingRange _range = new(listing);
    private readonly List<ObjectInfo> _objects = [];
    private readonly List<string> _commonPrefixes = [];
    private string? _last;

    /// <summary>Rows read off the index so far.</summary>
    public int RowsRead { get; private set; }

    private int Room => listing.EntriesMax - _objects.Count - _commonPrefixes.Count;

    public ObjectPage Run()
    {
        for (var from = _range.Start(); from is not null;)
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
            if (!_range.Contains(key))
            {
                return null;
            }

            isFull = Room == 0;
            if (isFull)
            {
                return null;
            }

            _last = _range.CommonPrefix(key);
            if (_last is not null)
            {
                _commonPrefixes.Add(_last);
                return ListingRange.Behind(_last);
            }

            _last = key;
            _objects.Add(row.ToInfo());
        }

        return null;
    }
}
