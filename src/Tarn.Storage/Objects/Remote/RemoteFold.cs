using System.Text;
using Amazon.S3.Model;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Listings that fold at a delimiter of several letters, folded here: services skip keys behind one that ends with it.
/// What is folded is jumped over page by page.
/// </summary>
internal static class RemoteFold
{
    private const int PageMax = 1000;

    /// <summary>Behind every key that goes on after a common prefix.</summary>
    private static readonly string Last = char.ConvertFromUtf32(0x10FFFF);

    public static async Task<ObjectPage> RunAsync(
        RemoteService service, string bucket, ObjectListing listing, CancellationToken cancellation)
    {
        var range = new ListingRange(listing);
        var start = range.Start();
        var folder = service.Names.Folder(bucket);
        var (objects, prefixes) = (new List<ObjectInfo>(), new List<string>());
        var (last, folded) = ((string?)null, (string?)null);
        var request = new ListObjectsV2Request
        {
            Prefix = folder + listing.Prefix,
            StartAfter = listing.After is { Length: > 0 } after ? folder + after : null,
            MaxKeys = PageMax,
        };
        while (true)
        {
            var answer = await service.ListAsync(request, cancellation).ConfigureAwait(false);
            foreach (var found in RemoteListing.Page(service.Names, bucket, answer, passed: null).Objects)
            {
                var key = found.Key.Key;
                folded = range.CommonPrefix(key);
                if ((folded is not null && folded == last)
                    || Encoding.UTF8.GetBytes(key).AsSpan().SequenceCompareTo(start) < 0)
                {
                    continue;
                }

                if (objects.Count + prefixes.Count == listing.EntriesMax)
                {
                    return new ObjectPage(objects, prefixes, last);
                }

                last = folded ?? key;
                if (folded is null)
                {
                    objects.Add(found);
                }
                else
                {
                    prefixes.Add(folded);
                }
            }

            if (answer.IsTruncated != true)
            {
                return new ObjectPage(objects, prefixes, NextAfter: null);
            }

            request.StartAfter = folded is null ? null : folder + folded + Last;
            request.ContinuationToken = folded is null ? answer.NextContinuationToken : null;
        }
    }
}
