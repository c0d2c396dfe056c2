using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects.Local;

internal sealed partial class LocalObjectStore
{
    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        return Task.FromResult(_index.Find(key)?.ToInfo());
    }

    public Task<ObjectContent?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        if (OpenVersion(key) is not var (row, file))
        {
            return Task.FromResult<ObjectContent?>(null);
        }

        try
        {
            CheckLength(row, file);
            var (start, length) = Resolve(range, row);
            var body = new FileRangeStream(file, start, length);
            return Task.FromResult<ObjectContent?>(
                new ObjectContent(row.ToInfo(), start, length, body) { File = file });
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async Task<LocalFile?> OpenLocalAsync(ObjectKey key, CancellationToken cancellation)
    {
        ObjectKeyRules.Check(key);
        var row = _index.Find(key);
        if (row is { IsPlaced: false })
        {
            // A path must be good for later too: wait for the writer, and finish its move if that had failed.
            using var turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
            row = _index.Find(key);
            if (row is { IsPlaced: false } && File.Exists(_publisher.StagedPath(row.Id)))
            {
                Disk.Run(() => _placement.Place(key, row.Path, _publisher.StagedPath(row.Id)), $"placing {key}");
            }
        }

        return row is null ? null : new LocalFile(_placement.FileOf(key, row.Path), row.ToInfo());
    }

    /// <summary>A row together with the very bytes it describes, or null.</summary>
    private (ObjectRow Row, SafeFileHandle File)? OpenVersion(ObjectKey key)
    {
        SafeFileHandle? file = null;
        for (var row = _index.Find(key); row is not null;)
        {
            file = row.IsPlaced ? null : TryOpen(_publisher.StagedPath(row.Id));
            file ??= TryOpen(_placement.FileOf(key, row.Path));

            // A file gets its name only after its row is committed: the same row again means that nothing newer was
            // opened.
            var again = _index.Find(key);
            if (again?.Id == row.Id)
            {
                return file is null
                    ? throw ObjectErrors.Damaged(key, _placement.FileOf(key, row.Path), "the file is missing")
                    : (row, file);
            }

            file?.Dispose();
            row = again;
        }

        return null;
    }

    private void CheckLength(ObjectRow row, SafeFileHandle file)
    {
        var found = RandomAccess.GetLength(file);
        if (found != row.Size)
            throw ObjectErrors.Damaged(
                row.Key, _placement.FileOf(row.Key, row.Path), $"{found} bytes, the index says {row.Size}");
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk("reading an object", failure);
        }
    }

    /// <summary>
    /// RFC 9110 14.1.2: a last byte beyond the end means the end; a first byte beyond it, or no byte at all, is
    /// refused.
    /// </summary>
    private static (long Start, long Length) Resolve(ByteRange? range, ObjectRow row)
    {
        if (range is not var (first, last))
        {
            return (0, row.Size);
        }

        if (first is null)
        {
            var suffix = Math.Min(last ?? row.Size, row.Size);
            return suffix > 0 ? (row.Size - suffix, suffix) : throw ObjectErrors.InvalidRange(row.Key, row.Size);
        }

        var end = Math.Min(last ?? long.MaxValue, row.Size - 1);
        return first >= 0 && first <= end
            ? (first.Value, end - first.Value + 1)
            : throw ObjectErrors.InvalidRange(row.Key, row.Size);
    }
}
