using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// One look at one bucket. Reads the index in pages and keeps no more than one, removes a few things at a time, and
/// takes each key's turn like any other writer, so puts go on meanwhile. What is removed stays removed wherever it is
/// stopped; the rest is due at the next look.
/// </summary>
internal sealed class LifecycleRun(
    IObjectStore objects, IObjectVersions versions, IMultipartUploads uploads, IExpiry expiry, TimeProvider time)
{
    private const int AtOnce = 16;

    public async Task RunAsync(
        string bucket, LifecycleConfiguration rules, LifecycleTally tally, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        foreach (var prefix in LifecyclePrefixes.Of(rules, rule => rule.AbortUploadsAfterDays is not null))
        {
            await AbortUploadsAsync(bucket, prefix, rules, now, tally, stop).ConfigureAwait(false);
        }

        foreach (var prefix in LifecyclePrefixes.Of(rules, rule => rule.IsAboutObjects))
        {
            await ExpireObjectsAsync(bucket, prefix, rules, now, tally, stop).ConfigureAwait(false);
        }

        if (await versions.FindVersioningAsync(bucket, stop).ConfigureAwait(false) == BucketVersioning.Unversioned)
        {
            return;
        }

        foreach (var prefix in LifecyclePrefixes.Of(rules, rule => rule.IsAboutVersions))
        {
            await ExpireVersionsAsync(bucket, prefix, rules, now, tally, stop).ConfigureAwait(false);
        }
    }

    private async Task ExpireObjectsAsync(
        string bucket, string prefix, LifecycleConfiguration rules, DateTimeOffset now, LifecycleTally tally,
        CancellationToken stop)
    {
        string? after = null;
        do
        {
            var page = await objects
                .ListAsync(bucket, new ObjectListing { Prefix = prefix, After = after }, stop).ConfigureAwait(false);
            await EachAsync(page.Objects.Where(IsDue), ExpireAsync, stop).ConfigureAwait(false);
            after = page.NextAfter;
        }
        while (after is not null);

        bool IsDue(ObjectInfo info) => rules.ExpiryOf(info) is { } expires && expires.At <= now;

        async Task ExpireAsync(ObjectInfo info)
        {
            if (await expiry.ExpireAsync(info.Key, IsDue, stop).ConfigureAwait(false))
            {
                tally.AddObject();
            }
        }
    }

    private async Task ExpireVersionsAsync(
        string bucket, string prefix, LifecycleConfiguration rules, DateTimeOffset now, LifecycleTally tally,
        CancellationToken stop)
    {
        var due = new NoncurrentWalk(rules, now);
        var listing = new ObjectListing { Prefix = prefix };
        string? afterVersion = null;
        do
        {
            var page = await versions.ListAsync(bucket, listing, afterVersion, stop).ConfigureAwait(false);
            await EachAsync(page.Versions.Where(due.IsNoncurrentDue).ToList(), ExpireNoncurrentAsync, stop)
                .ConfigureAwait(false);
            await EachAsync(page.Versions.Where(due.IsMarkerDue), ExpireMarkerAsync, stop).ConfigureAwait(false);
            listing = listing with { After = page.NextAfter };
            afterVersion = page.NextAfterVersionId;
        }
        while (listing.After is not null);

        // What became the latest since is an object that somebody can see.
        Task ExpireNoncurrentAsync(ObjectVersion version) => ExpireAsync(version, (found, _) => !found.IsLatest);

        Task ExpireMarkerAsync(ObjectVersion marker) =>
            ExpireAsync(marker, (found, isOnly) => found.IsMarker && found.IsLatest && isOnly);

        async Task ExpireAsync(ObjectVersion version, Func<ObjectVersion, bool, bool> isDue)
        {
            if (await expiry.ExpireVersionAsync(version.Key, version.VersionId, isDue, stop).ConfigureAwait(false))
            {
                tally.AddVersion();
            }
        }
    }

    private async Task AbortUploadsAsync(
        string bucket, string prefix, LifecycleConfiguration rules, DateTimeOffset now, LifecycleTally tally,
        CancellationToken stop)
    {
        var listing = new ObjectListing { Prefix = prefix };
        string? afterUpload = null;
        do
        {
            var page = await uploads.ListAsync(bucket, listing, afterUpload, stop).ConfigureAwait(false);
            await EachAsync(page.Uploads.Where(IsDue), AbortAsync, stop).ConfigureAwait(false);
            listing = listing with { After = page.NextAfter };
            afterUpload = page.NextAfterUploadId;
        }
        while (listing.After is not null);

        bool IsDue(MultipartUpload upload) =>
            rules.EndOfUpload(upload.Key.Key, upload.Initiated) is { } end && end.At <= now;

        async Task AbortAsync(MultipartUpload upload)
        {
            try
            {
                await uploads.AbortAsync(upload.Key, upload.UploadId, stop).ConfigureAwait(false);
                tally.AddUpload();
            }
            catch (TarnException ended) when (ended.Kind == ErrorKind.NotFound)
            {
                // It was completed or aborted meanwhile.
            }
        }
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken stop) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (item, _) => await work(item).ConfigureAwait(false));
}
