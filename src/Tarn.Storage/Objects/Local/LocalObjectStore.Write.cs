using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Local;

internal sealed partial class LocalObjectStore
{
    public async Task<ObjectInfo> PutAsync(
        ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        Check(key);
        var id = _ids.Next();
        var staged = await StagedFile
            .WriteAsync(_publisher.StagedPath(id), key, body, attributes, cancellation).ConfigureAwait(false);
        return await _publisher
            .PublishAsync(new NewObject(key, id, staged, attributes), cancellation).ConfigureAwait(false);
    }

    public async Task<ObjectInfo> PutFileAsync(
        ObjectKey key, string stagedPath, ObjectAttributes attributes, CancellationToken cancellation)
    {
        Check(key);
        var source = Path.GetFullPath(stagedPath);
        if (!source.StartsWith(_folders.Staging + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new TarnException(ErrorKind.Invalid, $"'{stagedPath}' does not lie in the staging directory");
        var id = _ids.Next();
        var staged = await StagedFile.AdoptAsync(source, key, attributes, cancellation).ConfigureAwait(false);
        var path = _publisher.StagedPath(id);
        Disk.Run(() => File.Move(source, path), $"taking over '{stagedPath}'");
        return await _publisher
            .PublishAsync(new NewObject(key, id, staged with { Path = path }, attributes), cancellation)
            .ConfigureAwait(false);
    }

    public async Task<ObjectInfo?> CopyAsync(
        ObjectKey source, Action<ObjectInfo> sourceIs, ObjectKey target, ObjectAttributes? attributes,
        CancellationToken cancellation)
    {
        ObjectKeyRules.Check(source);
        Check(target);
        return _reader.Open(source) is var (row, file)
            ? await _copies.CopyAsync(row, file, sourceIs, target, attributes, cancellation).ConfigureAwait(false)
            : null;
    }

    public Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        return _index.SetTagsAsync(key, versionId: null, tags);
    }

    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(key);
        var deletion = await _deleter.DeleteAsync(key, marksAbsent: false, cancellation).ConfigureAwait(false);
        return deletion.IsFound;
    }

    /// <summary>Refuses before a byte is read what would be refused at the end.</summary>
    private void Check(ObjectKey key)
    {
        ObjectKeyRules.Check(key);
        if (_index.FindBucket(key.Bucket) is null)
            throw ObjectErrors.NoSuchBucket(key.Bucket);
    }
}
