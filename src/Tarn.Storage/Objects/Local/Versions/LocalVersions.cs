using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>Versions as rows of 'object' and 'object_version' and files under objects/ and versions/.</summary>
internal sealed class LocalVersions(
    ObjectIndex index, ObjectReader reader, ObjectCopies copies, Deleter deleter) : IObjectVersions
{
    private const int ListEntriesMax = 1000;

    public Task<BucketVersioning> FindVersioningAsync(string bucket, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(index.FindVersioning(bucket));
    }

    public Task SetVersioningAsync(string bucket, BucketVersioning versioning, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return versioning is BucketVersioning.Enabled or BucketVersioning.Suspended
            ? index.SetVersioningAsync(bucket, versioning)
            : throw new TarnException(
                ErrorKind.Invalid, $"versioning of bucket '{bucket}' can be enabled or suspended, not taken away");
    }

    public Task<ObjectVersion?> FindAsync(ObjectKey key, string? versionId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        var found = versionId is null ? Latest(key) : index.FindVersion(key, VersionRules.Check(versionId));
        return Task.FromResult(found?.ToVersion(
            versionId is null || found.IsCurrent || (found.IsMarker && Latest(key)?.Rank == found.Rank)));
    }

    public Task<ObjectContent?> OpenAsync(
        ObjectKey key, string versionId, ByteRange? range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        return Task.FromResult(
            reader.Open(key, VersionRules.Check(versionId)) is var (row, file) ? reader.Read(row, file, range) : null);
    }

    public async Task<ObjectInfo?> CopyAsync(
        ObjectKey source, string versionId, Action<ObjectInfo> sourceIs, ObjectKey target,
        ObjectAttributes? attributes, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(source);
        ObjectKeyRules.Check(target);
        _ = index.FindVersioning(target.Bucket);
        return reader.Open(source, VersionRules.Check(versionId)) is var (row, file)
            ? await copies.CopyAsync(row, file, sourceIs, target, attributes, cancellation).ConfigureAwait(false)
            : null;
    }

    public Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, string versionId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        return index.SetTagsAsync(key, VersionRules.Check(versionId), tags);
    }

    public Task<ObjectDeletion> DeleteAsync(ObjectKey key, string? versionId, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(key);
        return versionId is null
            ? deleter.DeleteAsync(key, marksAbsent: true, cancellation)
            : deleter.DeleteVersionAsync(key, VersionRules.Check(versionId), cancellation);
    }

    public Task<VersionPage> ListAsync(
        string bucket, ObjectListing listing, string? afterVersionId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (listing.EntriesMax is < 1 or > ListEntriesMax)
            throw ObjectErrors.InvalidKey($"a page has 1 to 1,000 entries, not {listing.EntriesMax}");
        var after = afterVersionId is null ? null : VersionRules.Check(afterVersionId);
        return Task.FromResult(index.ListVersions(bucket, listing, after));
    }

    private VersionRow? Latest(ObjectKey key) => index.ListNewest(key, 1).FirstOrDefault();
}
