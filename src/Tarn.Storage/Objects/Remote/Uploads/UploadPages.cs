using System.Text;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>Pages of uploads that are held in memory. Pure.</summary>
internal static class UploadPages
{
    /// <summary>UTF-8 bytes of the key, then the id, which grows with time.</summary>
    public static int Compare(MultipartUpload left, MultipartUpload right)
    {
        var keys = Encoding.UTF8.GetBytes(left.Key.Key).AsSpan()
            .SequenceCompareTo(Encoding.UTF8.GetBytes(right.Key.Key));
        return keys != 0 ? keys : string.CompareOrdinal(left.UploadId, right.UploadId);
    }

    /// <param name="uploads">Of the bucket, in order.</param>
    public static UploadPage Page(
        IEnumerable<MultipartUpload> uploads, ObjectListing listing, string? afterUploadId)
    {
        var range = new ListingRange(listing);
        var start = range.Start();
        var (found, prefixes) = (new List<MultipartUpload>(), new List<string>());
        (string? Key, string? UploadId) last = default;
        foreach (var upload in uploads.Where(upload => range.Contains(upload.Key.Key) && IsBehind(upload)))
        {
            var folded = range.CommonPrefix(upload.Key.Key);
            if (folded is not null && folded == last.Key)
            {
                continue;
            }

            if (found.Count + prefixes.Count == listing.EntriesMax)
            {
                return new UploadPage(found, prefixes, last.Key, last.UploadId);
            }

            if (folded is null)
            {
                found.Add(upload);
                last = (upload.Key.Key, upload.UploadId);
            }
            else
            {
                prefixes.Add(folded);
                last = (folded, null);
            }
        }

        return new UploadPage(found, prefixes, NextAfter: null, NextAfterUploadId: null);

        bool IsBehind(MultipartUpload upload) =>
            Encoding.UTF8.GetBytes(upload.Key.Key).AsSpan().SequenceCompareTo(start) >= 0
            || (afterUploadId is not null && upload.Key.Key == listing.After
                && range.CommonPrefix(upload.Key.Key) is null
                && string.CompareOrdinal(upload.UploadId, afterUploadId) > 0);
    }
}
