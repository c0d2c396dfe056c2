using System.Globalization;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;
using MultipartUpload = Tarn.Storage.Objects.Multipart.MultipartUpload;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// Parts of an upload: number, size, ETag and date from the service, checksums from their marks. A part without the
/// checksum that its upload has was never acknowledged and is none.
/// </summary>
internal static class PartPages
{
    private const int PageMax = 1000;

    /// <summary>At most a page; fails with NotFound, code NoSuchUpload.</summary>
    public static async Task<IReadOnlyList<PartRow>> ReadAsync(
        RemoteService service, UploadLedger.Entry entry, int after, int countMax, CancellationToken cancellation)
    {
        var rows = new List<PartRow>();
        ListPartsResponse page;
        do
        {
            page = await PageAsync(service, entry, after, countMax - rows.Count, cancellation).ConfigureAwait(false);
            var parts = page.Parts ?? [];
            var marks = entry.Upload.Checksum is null || parts.Count == 0
                ? null
                : await MarksAsync(service, entry.Upload, after, parts[^1].PartNumber ?? 0, cancellation)
                    .ConfigureAwait(false);
            rows.AddRange(parts.Select(part => Row(part, marks)).OfType<PartRow>());
            after = parts.Count == 0 ? after : parts[^1].PartNumber ?? after;
        }
        while (rows.Count < countMax && page.IsTruncated == true);
        return rows;
    }

    private static Task<ListPartsResponse> PageAsync(
        RemoteService service, UploadLedger.Entry entry, int after, int countMax, CancellationToken cancellation)
    {
        var key = entry.Upload.Key;
        return service.CallAsync(
            $"listing parts of {key}",
            (s3, stop) => s3.ListPartsAsync(
                new ListPartsRequest
                {
                    BucketName = service.Bucket,
                    Key = service.Names.Of(key),
                    UploadId = entry.ServiceId,
                    PartNumberMarker = after == 0 ? null : after.ToString(CultureInfo.InvariantCulture),
                    MaxParts = Math.Min(countMax, PageMax),
                },
                stop),
            cancellation);
    }

    private static async Task<Dictionary<(int Number, string ETag), string>> MarksAsync(
        RemoteService service, MultipartUpload upload, int after, int last, CancellationToken cancellation)
    {
        var found = new Dictionary<(int Number, string ETag), string>();
        var folder = service.Names.PartMarks(upload.Key.Bucket, upload.UploadId);
        await foreach (var name in service.ListNamesAsync(folder, PartMark.Behind(after), cancellation)
            .ConfigureAwait(false))
        {
            var mark = PartMark.Parse(name)
                ?? throw new TarnException(ErrorKind.Damaged, $"'{folder}{name}' is not the name of a part's checksum");
            if (mark.Number > last)
            {
                break;
            }

            found[(mark.Number, mark.ETag)] = mark.Checksum;
        }

        return found;
    }

    private static PartRow? Row(PartDetail part, Dictionary<(int Number, string ETag), string>? marks)
    {
        var (number, etag) = (part.PartNumber ?? 0, part.ETag.Trim('"'));
        var checksum = marks?.GetValueOrDefault((number, etag));
        return marks is not null && checksum is null
            ? null
            : new PartRow(
                number, part.Size ?? 0, etag, RemoteTime.Of(part.LastModified).ToUnixTimeMilliseconds(), checksum,
                Guid.Empty);
    }
}
