using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Notifications;

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
        if (OpenVersion(source) is not var (row, file))
        {
            return null;
        }

        using (file)
        {
            CheckLength(row, file);
            var info = row.ToInfo();
            sourceIs(info);
            var id = _ids.Next();
            var staged = await CopyToStagingAsync(info, file, _publisher.StagedPath(id), cancellation)
                .ConfigureAwait(false);
            var copy = new NewObject(target, id, staged, attributes ?? info.Attributes)
            {
                Event = ObjectEvent.CreatedCopy,
            };
            return await _publisher.PublishAsync(copy, cancellation).ConfigureAwait(false);
        }
    }

    public Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        return _index.SetTagsAsync(key, tags);
    }

    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(key);
        using var turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        if (await _index.DeleteAsync(key, ObjectEvent.RemovedDelete).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        _reached(PutStep.DeleteCommitted);
        try
        {
            File.Delete(_publisher.StagedPath(row.Id));
            _placement.Remove(key, row.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(_log, key, row.Path, failure);
            return true;
        }

        _reached(PutStep.FileRemoved);
        await _settler.AddAsync(new Settlement(key, row.Path, row.Id, IsRemoval: true)).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// The bytes in a file of their own. Those of an object in one piece are known by their MD5 already; those that
    /// arrived in parts are read once for it.
    /// </summary>
    private static async Task<StagedFile> CopyToStagingAsync(
        ObjectInfo source, SafeFileHandle file, string path, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => Disk.Run(() => CopyAndSync(), $"copying {source.Key}"), cancellation)
                .ConfigureAwait(false);
            var checksum = source.Checksum is { IsComposite: false } ? source.Checksum : null;
            return source.ETag.Contains('-', StringComparison.Ordinal)
                ? await StagedFile
                    .AdoptAsync(path, source.Key, new() { Checksum = () => checksum }, cancellation)
                    .ConfigureAwait(false)
                : new StagedFile(path, source.Size, source.ETag, checksum);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        void CopyAndSync()
        {
            using var copy = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            KernelCopy.Copy(file, copy, targetStart: 0, source.Size, cancellation);
            RandomAccess.FlushToDisk(copy);
        }
    }

    /// <summary>Refuses before a byte is read what would be refused at the end.</summary>
    private void Check(ObjectKey key)
    {
        ObjectKeyRules.Check(key);
        if (_index.FindBucket(key.Bucket) is null)
            throw ObjectErrors.NoSuchBucket(key.Bucket);
    }

    [LoggerMessage(2005, LogLevel.Warning,
        "object {Key} is deleted but its file {Path} is still there; tried again at the next start")]
    private static partial void LogNotRemoved(ILogger log, ObjectKey key, string path, Exception failure);
}
