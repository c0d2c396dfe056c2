namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>What was removed so far, counted on many threads.</summary>
internal sealed class LifecycleTally
{
    private long _objects;
    private long _versions;
    private long _uploads;

    public long Objects => Volatile.Read(ref _objects);

    public long Versions => Volatile.Read(ref _versions);

    public long Uploads => Volatile.Read(ref _uploads);

    public void AddObject() => Interlocked.Increment(ref _objects);

    public void AddVersion() => Interlocked.Increment(ref _versions);

    public void AddUpload() => Interlocked.Increment(ref _uploads);
}
