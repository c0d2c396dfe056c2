using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Local copies of objects for engines that read files. A copy belongs to one version of an object (its ETag is part of
/// the name), is fetched once however many ask, and stays until its room is needed; one that is leased always stays.
/// Thread-safe.
/// <code>
/// FOLDER/HEX        SHA-256 of bucket, key, ETag and size, one per line; complete and synced
/// FOLDER/HEX.part   on its way, removed at start
/// </code>
/// </summary>
internal sealed class ObjectCache
{
    private const string PartSuffix = ".part";

    private readonly string _folder;
    private readonly long _bytesMax;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Entry> _entries = [];
    private long _bytes;
    private long _uses;

    public ObjectCache(string folder, long bytesMax, TimeProvider clock)
    {
        _folder = folder;
        _bytesMax = bytesMax;
        _clock = clock;
        Directory.CreateDirectory(folder);
        foreach (var file in new DirectoryInfo(folder).GetFiles().OrderBy(file => file.LastWriteTimeUtc))
        {
            if (file.Name.EndsWith(PartSuffix, StringComparison.Ordinal))
            {
                file.Delete();
                continue;
            }

            _entries[file.Name] = new Entry(file.Length) { LastUse = ++_uses, Fetched = Task.CompletedTask };
            _bytes += file.Length;
        }

        TryMakeRoom(0);
    }

    /// <summary>
    /// A copy of the object, fetched when there is none. Fails with LimitExceeded when copies in use leave no room.
    /// </summary>
    /// <param name="fetch">Writes the bytes of exactly that version; it may go on when the caller has left.</param>
    public async Task<LocalFile> LeaseAsync(
        ObjectInfo info, Func<Stream, Task> fetch, CancellationToken cancellation)
    {
        var name = NameOf(info);
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(name, out entry))
            {
                if (!TryMakeRoom(info.Size))
                    throw TooLarge(info);
                entry = new Entry(info.Size);
                _entries[name] = entry;
                _bytes += info.Size;
                entry.Fetched = Task.Run(() => FetchAsync(name, info, fetch), CancellationToken.None);
            }

            entry.Leases++;
            entry.LastUse = ++_uses;
        }

        try
        {
            await entry.Fetched.WaitAsync(cancellation).ConfigureAwait(false);
            var path = Path.Combine(_folder, name);
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
            var isReleased = 0;
            return new LocalFile(path, info, () =>
            {
                if (Interlocked.Exchange(ref isReleased, 1) == 0)
                {
                    Release(entry);
                }
            });
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    private static string NameOf(ObjectInfo info) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture, $"{info.Key.Bucket}\n{info.Key.Key}\n{info.ETag}\n{info.Size}"))));

    private async Task FetchAsync(string name, ObjectInfo info, Func<Stream, Task> fetch)
    {
        var path = Path.Combine(_folder, name);
        try
        {
            var file = new FileStream(
                path + PartSuffix, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            await using (file.ConfigureAwait(false))
            {
                await fetch(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
                if (file.Length != info.Size)
                    throw ObjectErrors.Damaged(info.Key, "its copy", $"{file.Length} bytes instead of {info.Size}");
            }

            File.Move(path + PartSuffix, path, overwrite: true);
            FileSync.TrySyncFolder(_folder);
        }
        catch (Exception failure)
        {
            File.Delete(path + PartSuffix);
            Forget(name, info.Size);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw ObjectErrors.Disk($"copying {info.Key}", failure);
            }

            throw;
        }
    }

    private void Forget(string name, long size)
    {
        lock (_entries)
        {
            _entries.Remove(name);
            _bytes -= size;
        }
    }

    private void Release(Entry entry)
    {
        lock (_entries)
        {
            entry.Leases--;
        }
    }

    /// <summary>Removes copies that nobody reads, longest unused first, until so much more fits.</summary>
    private bool TryMakeRoom(long size)
    {
        if (_bytes + size <= _bytesMax)
        {
            return true;
        }

        var idle = _entries.Where(pair => pair.Value is { Leases: 0, Fetched.IsCompletedSuccessfully: true })
            .OrderBy(pair => pair.Value.LastUse).ToList();
        if (_bytes - idle.Sum(pair => pair.Value.Size) + size > _bytesMax)
        {
            return false;
        }

        foreach (var (name, entry) in idle)
        {
            if (_bytes + size > _bytesMax)
            {
                File.Delete(Path.Combine(_folder, name));
                _entries.Remove(name);
                _bytes -= entry.Size;
            }
        }

        return true;
    }

    private TarnException TooLarge(ObjectInfo info) => new(
        ErrorKind.LimitExceeded,
        $"there is no room for a local copy of {info.Key}",
        $"it has {info.Size} bytes, copies may take {_bytesMax} and those in use leave less",
        "raise storage_cache_mib, or read fewer objects at once");

    private sealed class Entry(long size)
    {
        public long Size => size;

        public int Leases { get; set; }

        public long LastUse { get; set; }

        public Task Fetched { get; set; } = Task.CompletedTask;
    }
}
