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
        return Task.FromResult(
            _reader.Open(key) is var (row, file) ? _reader.Read(row, file, range) : null);
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
}
