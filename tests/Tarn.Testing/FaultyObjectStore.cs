using Tarn.Storage.Objects;

namespace Tarn.Testing;

/// <summary>
/// An object store whose puts fail where <see cref="Faults"/> says: before anything happened (<c>put:before:</c>)
/// or after the object stands but before the caller knows (<c>put:after:</c>). Deletes likewise; reads never fail.
/// </summary>
public sealed class FaultyObjectStore(IObjectStore inner, Faults faults) : IObjectStore
{
    public IReadOnlyList<string> LocalDirectories => inner.LocalDirectories;

    public string StagingDirectory => inner.StagingDirectory;

    public Task<BucketInfo> CreateBucketAsync(string bucket, CancellationToken cancellation) =>
        inner.CreateBucketAsync(bucket, cancellation);

    public Task<BucketInfo?> FindBucketAsync(string bucket, CancellationToken cancellation) =>
        inner.FindBucketAsync(bucket, cancellation);

    public Task<IReadOnlyList<BucketInfo>> ListBucketsAsync(CancellationToken cancellation) =>
        inner.ListBucketsAsync(cancellation);

    public Task DeleteBucketAsync(string bucket, CancellationToken cancellation) =>
        inner.DeleteBucketAsync(bucket, cancellation);

    public async Task<ObjectInfo> PutAsync(
        ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        faults.Pass($"put:before:{key}");
        var info = await inner.PutAsync(key, body, attributes, cancellation);
        faults.Pass($"put:after:{key}");
        return info;
    }

    public async Task<ObjectInfo> PutFileAsync(
        ObjectKey key, string stagedPath, ObjectAttributes attributes, CancellationToken cancellation)
    {
        faults.Pass($"put:before:{key}");
        var info = await inner.PutFileAsync(key, stagedPath, attributes, cancellation);
        faults.Pass($"put:after:{key}");
        return info;
    }

    public async Task<ObjectInfo?> CopyAsync(
        ObjectKey source, Action<ObjectInfo> sourceIs, ObjectKey target, ObjectAttributes? attributes,
        CancellationToken cancellation)
    {
        faults.Pass($"put:before:{target}");
        var info = await inner.CopyAsync(source, sourceIs, target, attributes, cancellation);
        faults.Pass($"put:after:{target}");
        return info;
    }

    public async Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        faults.Pass($"put:before:{key}");
        var info = await inner.SetTagsAsync(key, tags, cancellation);
        faults.Pass($"put:after:{key}");
        return info;
    }

    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellation) =>
        inner.FindAsync(key, cancellation);

    public Task<ObjectContent?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellation) =>
        inner.OpenAsync(key, range, cancellation);

    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        faults.Pass($"delete:before:{key}");
        var deleted = await inner.DeleteAsync(key, cancellation);
        faults.Pass($"delete:after:{key}");
        return deleted;
    }

    public Task<ObjectPage> ListAsync(string bucket, ObjectListing listing, CancellationToken cancellation) =>
        inner.ListAsync(bucket, listing, cancellation);

    public Task<LocalFile?> OpenLocalAsync(ObjectKey key, CancellationToken cancellation) =>
        inner.OpenLocalAsync(key, cancellation);
}
