namespace Tarn.Storage.Metadata;

/// <summary>
/// Tells whether resources of one kind, whose names have one beginning, may have changed, so that what was read of them
/// can be kept in memory. Thread-safe.
/// </summary>
public sealed class MetadataWatch : IDisposable
{
    private readonly Action<MetadataWatch> _end;
    private long _begun;
    private long _ended;

    internal MetadataWatch(string kind, string prefix, Action<MetadataWatch> end) =>
        (Kind, Prefix, _end) = (kind, prefix, end);

    public string Kind { get; }

    public string Prefix { get; }

    /// <summary>Of a store that cannot tell: something may always be changing.</summary>
    public static MetadataWatch Blind(string kind, string prefix) =>
        new(kind, prefix, _ => { }) { _begun = 1 };

    /// <summary>
    /// A number that grows with every change; null while one may be under way. When two looks give the same number,
    /// nothing has changed from the first to the second.
    /// </summary>
    public long? Look()
    {
        // Ends are read first: a change that begins and ends between the two reads shows as one under way.
        var ended = Volatile.Read(ref _ended);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _begun) == ended ? ended : null;
    }

    public void Dispose() => _end(this);

    /// <summary>Before the change can be seen by anyone.</summary>
    internal void Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Once everyone sees the change, or nobody ever will.</summary>
    internal void End() => Interlocked.Increment(ref _ended);

    internal bool Concerns(MetadataChange change) =>
        change.Action != MetadataAction.Require
        && change.Kind == Kind
        && (change.Name.StartsWith(Prefix, StringComparison.Ordinal)
            || (change.Action == MetadataAction.DeletePrefix
                && Prefix.StartsWith(change.Name, StringComparison.Ordinal)));
}
