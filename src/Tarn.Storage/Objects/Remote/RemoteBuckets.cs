using Amazon.S3.Model;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// The buckets below the prefix, held in memory and written through: one Tarn owns a prefix. A bucket is removed only
/// while nobody puts into it, so no object is left without its bucket. Thread-safe.
/// </summary>
internal sealed class RemoteBuckets : IBucketSettings, IDisposable
{
    private readonly RemoteService _service;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private RemoteBuckets(RemoteService service, TimeProvider clock)
    {
        _service = service;
        _clock = clock;
    }

    /// <summary>Reads every bucket's record.</summary>
    public static async Task<RemoteBuckets> OpenAsync(
        RemoteService service, TimeProvider clock, CancellationToken cancellation)
    {
        var buckets = new RemoteBuckets(service, clock);
        await foreach (var bucket in service.ListNamesAsync(service.Names.MarkFolder, after: null, cancellation)
            .ConfigureAwait(false))
        {
            var mark = service.Names.Mark(bucket);
            if (await service.FindRecordAsync(mark, cancellation).ConfigureAwait(false) is { } json)
            {
                buckets._entries[bucket] = new Entry(BucketRecord.Read(mark, json));
            }
        }

        return buckets;
    }

    public BucketInfo? Find(string bucket)
    {
        lock (_entries)
        {
            return _entries.GetValueOrDefault(bucket)?.Record.ToInfo(bucket);
        }
    }

    public IReadOnlyList<BucketInfo> List()
    {
        lock (_entries)
        {
            return [.. _entries.Select(entry => entry.Value.Record.ToInfo(entry.Key))];
        }
    }

    /// <summary>Fails with NotFound when the bucket does not exist.</summary>
    public void Require(string bucket)
    {
        if (Find(bucket) is null)
            throw ObjectErrors.NoSuchBucket(bucket);
    }

    /// <summary>Keeps the bucket from being removed until disposed. Fails with NotFound.</summary>
    public IDisposable Enter(string bucket)
    {
        lock (_entries)
        {
            if (_entries.GetValueOrDefault(bucket) is not { IsClosing: false } entry)
                throw ObjectErrors.NoSuchBucket(bucket);
            entry.Writers++;
            return new Visit(this, entry);
        }
    }

    public async Task<BucketInfo> CreateAsync(string bucket, CancellationToken cancellation)
    {
        BucketName.Check(bucket);
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Find(bucket) is not null)
                throw ObjectErrors.BucketExists(bucket);
            var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            var record = new BucketRecord { Version = BucketRecord.VersionNow, Created = now };
            await WriteAsync(bucket, record, cancellation).ConfigureAwait(false);
            lock (_entries)
            {
                _entries[bucket] = new Entry(record);
            }

            return record.ToInfo(bucket);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="forget">Removes what else the bucket has; called while nobody can make it again.</param>
    public async Task DeleteAsync(string bucket, Func<Task> forget, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        var entry = Close(bucket);
        var isGone = false;
        try
        {
            var folder = new ListObjectsV2Request { Prefix = _service.Names.Folder(bucket), MaxKeys = 1 };
            if ((await _service.ListAsync(folder, cancellation).ConfigureAwait(false)).S3Objects is { Count: > 0 })
                throw ObjectErrors.BucketNotEmpty(bucket);
            await _service.RemoveRecordAsync(_service.Names.Mark(bucket), cancellation).ConfigureAwait(false);
            isGone = true;
            await forget().ConfigureAwait(false);
        }
        finally
        {
            lock (_entries)
            {
                entry.IsClosing = false;
                if (isGone)
                {
                    _entries.Remove(bucket);
                }
            }

            _turn.Release();
        }
    }

    public string? Find(string bucket, BucketSetting setting)
    {
        lock (_entries)
        {
            return _entries.GetValueOrDefault(bucket)?.Record.Settings.GetValueOrDefault(setting.ToString());
        }
    }

    public async Task SetAsync(
        string bucket, BucketSetting setting, string? document, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Entry? entry;
            lock (_entries)
            {
                entry = _entries.GetValueOrDefault(bucket) ?? throw ObjectErrors.NoSuchBucket(bucket);
            }

            var settings = entry.Record.Settings.Where(pair => pair.Key != setting.ToString())
                .ToDictionary(pair => pair.Key, pair => pair.Value);
            if (document is not null)
            {
                settings[setting.ToString()] = document;
            }

            var record = entry.Record with { Settings = settings };
            await WriteAsync(bucket, record, cancellation).ConfigureAwait(false);
            lock (_entries)
            {
                entry.Record = record;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>
    /// From here on nobody puts into the bucket; the caller holds the turn, which a refusal gives back.
    /// </summary>
    private Entry Close(string bucket)
    {
        lock (_entries)
        {
            var entry = _entries.GetValueOrDefault(bucket);
            if (entry is { Writers: 0 })
            {
                entry.IsClosing = true;
                return entry;
            }

            _turn.Release();
            throw entry is null ? ObjectErrors.NoSuchBucket(bucket) : ObjectErrors.BucketNotEmpty(bucket);
        }
    }

    private Task WriteAsync(string bucket, BucketRecord record, CancellationToken cancellation) =>
        _service.PutRecordAsync(
            $"keeping bucket '{bucket}'", _service.Names.Mark(bucket), record.Write(), cancellation);

    private void Leave(Entry entry)
    {
        lock (_entries)
        {
            entry.Writers--;
        }
    }

    private sealed class Entry(BucketRecord record)
    {
        public BucketRecord Record { get; set; } = record;

        public int Writers { get; set; }

        public bool IsClosing { get; set; }
    }

    private sealed class Visit(RemoteBuckets buckets, Entry entry) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                buckets.Leave(entry);
            }
        }
    }
}
