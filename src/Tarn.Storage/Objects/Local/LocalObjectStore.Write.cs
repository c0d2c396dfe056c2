using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Local;

internal sealed partial class LocalObjectStore
{
    public async Task<ObjectInfo> PutAsync(
        ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        Check(key);
        var id = _ids.Next();
        var path = Path.Combine(_folders.Staging, id.ToString("N"));
        var staged = await StagedFile.WriteAsync(path, key, body, attributes, cancellation).ConfigureAwait(false);
        return await PublishAsync(key, id, staged, attributes, cancellation).ConfigureAwait(false);
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
        var path = Path.Combine(_folders.Staging, id.ToString("N"));
        Disk(() => File.Move(source, path), $"taking over '{stagedPath}'");
        return await PublishAsync(key, id, staged with { Path = path }, attributes, cancellation).ConfigureAwait(false);
    }

    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(key);
        using var turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        if (await _index.DeleteAsync(key).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        _reached(PutStep.DeleteCommitted);
        try
        {
            File.Delete(StagedPath(row));
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

    private async Task<ObjectInfo> PublishAsync(
        ObjectKey key, Guid id, StagedFile staged, ObjectAttributes attributes, CancellationToken cancellation)
    {
        IDisposable turn;
        try
        {
            Disk(() => FileSync.TrySyncFolder(_folders.Staging), "writing an object");
            _reached(PutStep.Staged);
            turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(staged.Path);
            throw;
        }

        using (turn)
        {
            return await PublishInTurnAsync(key, id, staged, attributes).ConfigureAwait(false);
        }
    }

    private async Task<ObjectInfo> PublishInTurnAsync(
        ObjectKey key, Guid id, StagedFile staged, ObjectAttributes attributes)
    {
        ObjectRow? replaced;
        string path;
        try
        {
            replaced = _index.Find(key);
            path = Disk(() => _placement.Claim(key, replaced?.Path), $"making room for {key}");
        }
        catch
        {
            File.Delete(staged.Path);
            throw;
        }

        var row = new ObjectRow(
            key, staged.Size, staged.Md5, Modified: 0, attributes.ContentType,
            StoredAttributes.Write(attributes), path, id, IsPlaced: false);
        try
        {
            row = await _index.PutAsync(row).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Kind == ErrorKind.NotFound)
        {
            // The bucket went away. After any other failure the row may yet be on disk, so the next start decides
            // about the file.
            File.Delete(staged.Path);
            _placement.Release(key, path);
            throw;
        }

        _reached(PutStep.Committed);
        await PlaceAsync(row, replaced).ConfigureAwait(false);
        return row.ToInfo();
    }

    /// <summary>
    /// The put is committed: whatever happens here, it stands, and readers find the bytes in staging/ until they are
    /// moved.
    /// </summary>
    private async Task PlaceAsync(ObjectRow row, ObjectRow? replaced)
    {
        try
        {
            _placement.Place(row.Key, row.Path, StagedPath(row));
            if (replaced is { IsPlaced: false })
            {
                File.Delete(StagedPath(replaced));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotPlaced(_log, row.Key, row.Path, failure);
            return;
        }

        _reached(PutStep.Placed);
        await _settler.AddAsync(new Settlement(row.Key, row.Path, row.Id, IsRemoval: false)).ConfigureAwait(false);
    }

    /// <summary>Refuses before a byte is read what would be refused at the end.</summary>
    private void Check(ObjectKey key)
    {
        ObjectKeyRules.Check(key);
        if (_index.FindBucket(key.Bucket) is null)
            throw ObjectErrors.NoSuchBucket(key.Bucket);
    }

    private static void Disk(Action work, string doing) => Disk(
        () =>
        {
            work();
            return true;
        },
        doing);

    private static T Disk<T>(Func<T> work, string doing)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk(doing, failure);
        }
    }

    [LoggerMessage(2004, LogLevel.Warning,
        "object {Key} is stored but its file could not be named {Path}; tried again at the next start")]
    private static partial void LogNotPlaced(ILogger log, ObjectKey key, string path, Exception failure);

    [LoggerMessage(2005, LogLevel.Warning,
        "object {Key} is deleted but its file {Path} is still there; tried again at the next start")]
    private static partial void LogNotRemoved(ILogger log, ObjectKey key, string path, Exception failure);
}
