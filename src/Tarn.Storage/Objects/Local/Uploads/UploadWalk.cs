using System.Text;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>
/// Reads one page of uploads off the index in order of key and id, as <see cref="ListingWalk"/> reads objects: a common
/// prefix is written once and jumped over.
/// </summary>
internal sealed class UploadWalk(SqlSession session, string bucket, ObjectListing listing, Guid? afterUpload)
{
    private const string SeekSql = $"""
        SELECT {UploadRow.Columns} FROM upload WHERE bucket = $1 AND (key, id) > ($2, $3) ORDER BY key, id LIMIT $4
        """;

    private readonly ListingRange _range = new(listing);
    private readonly List<MultipartUpload> _uploads = [];
    private readonly List<string> _commonPrefixes = [];
    private (string Key, string? UploadId) _last;

    private int Room => listing.EntriesMax - _uploads.Count - _commonPrefixes.Count;

    public UploadPage Run()
    {
        for (var from = Start(); from is var (key, id);)
        {
            from = WalkFrom(key, id, out var isFull);
            if (isFull)
            {
                return new UploadPage(_uploads, _commonPrefixes, _last.Key, _last.UploadId);
            }
        }

        return new UploadPage(_uploads, _commonPrefixes, NextAfter: null, NextAfterUploadId: null);
    }

    private (byte[] Key, byte[] Id)? Start()
    {
        // An id is never empty, so "after the empty id" is all uploads of a key.
        var start = _range.Start();
        return afterUpload is { } id && listing.After is { } after && _range.Contains(after)
            && _range.CommonPrefix(after) is null
                ? (Encoding.UTF8.GetBytes(after), id.ToByteArray(bigEndian: true))
                : (start, []);
    }

    /// <summary>Reads rows until the end (null) or a common prefix (where to seek next).</summary>
    private (byte[] Key, byte[] Id)? WalkFrom(byte[] key, byte[] id, out bool isFull)
    {
        isFull = false;
        using var rows = session.Query(SeekSql, bucket, key, id, Room + 1);
        while (rows.Read())
        {
            var row = UploadRow.Read(rows);
            if (!_range.Contains(row.Key.Key))
            {
                return null;
            }

            isFull = Room == 0;
            if (isFull)
            {
                return null;
            }

            if (_range.CommonPrefix(row.Key.Key) is { } folded)
            {
                _last = (folded, null);
                _commonPrefixes.Add(folded);
                return (ListingRange.Behind(folded), []);
            }

            var upload = row.ToUpload();
            _last = (row.Key.Key, upload.UploadId);
            _uploads.Add(upload);
        }

        return null;
    }
}
