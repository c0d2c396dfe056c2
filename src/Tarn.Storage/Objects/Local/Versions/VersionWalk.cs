using System.Text;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>
/// Reads one page of versions off both tables in order of key and rank, as <see cref="ListingWalk"/> reads objects: a
/// common prefix is written once and jumped over.
/// </summary>
internal sealed class VersionWalk(SqlSession session, string bucket, ObjectListing listing, string? afterVersionId)
{
    private const string SeekSql = $"""
        SELECT {VersionRow.CurrentColumns} FROM object
        WHERE bucket = $1 AND key >= $2 AND (key > $2 OR $3 = -9223372036854775808)
        UNION ALL
        SELECT {VersionRow.ArchivedColumns} FROM object_version
        WHERE bucket = $1 AND (key, rank) >= ($2, $3) ORDER BY key, rank LIMIT $4
        """;

    private readonly ListingRange _range = new(listing);
    private readonly List<ObjectVersion> _versions = [];
    private readonly List<string> _commonPrefixes = [];
    private (string Key, string? VersionId) _last = ("", null);

    private int Room => listing.EntriesMax - _versions.Count - _commonPrefixes.Count;

    public VersionPage Run()
    {
        for (var from = Start(); from is var (key, rank);)
        {
            from = WalkFrom(key, rank, out var isFull);
            if (isFull)
            {
                return new VersionPage(_versions, _commonPrefixes, _last.Key, _last.VersionId);
            }
        }

        return new VersionPage(_versions, _commonPrefixes, NextAfter: null, NextAfterVersionId: null);
    }

    private (byte[] Key, long Rank)? Start()
    {
        if (afterVersionId is null || listing.After is not { Length: > 0 } after || !_range.Contains(after)
            || _range.CommonPrefix(after) is not null)
        {
            return (_range.Start(), VersionRow.Current);
        }

        var key = Encoding.UTF8.GetBytes(after);
        if (VersionTable.Find(session, new ObjectKey(bucket, after), afterVersionId) is not { } marker)
        {
            return (key, VersionRow.Current);
        }

        _last = (after, afterVersionId);
        return (key, marker.Rank + 1);
    }

    /// <summary>Reads rows until the end (null) or a common prefix (where to seek next).</summary>
    private (byte[] Key, long Rank)? WalkFrom(byte[] key, long rank, out bool isFull)
    {
        isFull = false;
        using var rows = session.Query(SeekSql, bucket, key, rank, Room + 1);
        while (rows.Read())
        {
            var version = VersionRow.Read(rows);
            var text = version.Row.Key.Key;
            if (!_range.Contains(text))
            {
                return null;
            }

            isFull = Room == 0;
            if (isFull)
            {
                return null;
            }

            if (_range.CommonPrefix(text) is { } folded)
            {
                _last = (folded, null);
                _commonPrefixes.Add(folded);
                return (ListingRange.Behind(folded), VersionRow.Current);
            }

            _versions.Add(version.ToVersion(isLatest: text != _last.Key));
            _last = (text, version.Row.VersionId);
        }

        return null;
    }
}
