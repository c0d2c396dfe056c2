using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>
/// One file of a shard's log. The last of a shard is appended to by the committer; the others never change. The file is
/// open only while somebody uses it, and writer and readers share one handle. The index of the last one is in memory;
/// that of a closed one is in a file beside it, loaded when asked for and let go when memory is wanted.
/// </summary>
internal sealed class Segment(SegmentHeader header, string path, ISegmentDisk disk)
{
    private const int ScanWindowLength = 16 << 10;

    private readonly Lock _gate = new();
    private readonly WeakReference<SparseIndex?> _loaded = new(null);
    private SafeFileHandle? _handle;
    private int _users;
    private long _committedLength = SegmentHeader.Size;
    private SparseIndex? _index;
    private RecentBatches? _recent;

    public SegmentId Id => header.Id;

    public long CreatedMs => header.CreatedMs;

    public long FloorArrivalMs => header.FloorArrivalMs;

    public string Path => path;

    /// <summary>Where the index lies once the segment is closed.</summary>
    public string IndexPath => SegmentIndexFile.PathOf(path);

    /// <summary>Readers look at bytes before this only; it grows when a commit is on disk.</summary>
    public long CommittedLength => Volatile.Read(ref _committedLength);

    public bool IsEmpty => CommittedLength <= SegmentHeader.Size;

    /// <summary>
    /// Opens the file, or joins those who have it open. Failure: <see cref="FileNotFoundException"/> once trimmed.
    /// </summary>
    public SegmentLease Acquire()
    {
        lock (_gate)
        {
            _handle ??= disk.Open(path);
            _users++;
            return new SegmentLease(this, _handle);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                _handle?.Dispose();
                _handle = null;
            }
        }
    }

    /// <summary>A walk over the batches before <paramref name="end"/>, for as long as the lease is held.</summary>
    public SegmentCursor Walk(SegmentLease lease, long end, int windowLength, List<byte[]>? kept) =>
        new(disk, lease.Handle, Id.Salt, end, windowLength, kept);

    /// <summary>A closed segment, as recovery found it.</summary>
    public void AdoptClosed(long length) => Volatile.Write(ref _committedLength, length);

    /// <summary>The shard's last segment: from now on batches may be noted and committed.</summary>
    public void AdoptGrowing()
    {
        _index = new SparseIndex();
        _recent = new RecentBatches();
    }

    /// <summary>Takes note of a batch that recovery found at <paramref name="offset"/>.</summary>
    public void Note(in BatchHeader batch, long offset)
    {
        if (!_index!.Add(PlaceOf(batch, offset)))
        {
            _recent!.Add(PlaceOf(batch, offset));
        }
    }

    /// <summary>Ends recovery of a growing segment.</summary>
    public void Recovered(long length) => Volatile.Write(ref _committedLength, length);

    /// <summary>Shows batches to readers. The committer calls it after fsync, in order.</summary>
    public void Commit(List<BatchHeader> batches)
    {
        var offset = CommittedLength;
        foreach (var batch in batches)
        {
            var place = PlaceOf(batch, offset);
            if (!_index!.Add(place) && offset == CommittedLength)
            {
                _recent!.Add(place);
            }

            offset += batch.Length;
        }

        Volatile.Write(ref _committedLength, offset);
    }

    /// <summary>
    /// The segment grows no more: its index goes to a file. Failure: <see cref="IOException"/>; the index is then kept
    /// in memory, and made again after the next start.
    /// </summary>
    public void Seal()
    {
        Volatile.Write(ref _recent, null);
        lock (_gate)
        {
            Save(_index!);
        }
    }

    /// <summary>
    /// An offset at or before the first batch that holds that number or a later one, and arrived at that time or later.
    /// </summary>
    public long Seek(ulong sequence, long arrivalMs, DamageReports reports)
    {
        var index = Index(reports);
        var indexed = Math.Max(index.SeekSequence(sequence), index.SeekTime(arrivalMs));
        return Volatile.Read(ref _recent) is { } recent
            ? Math.Max(indexed, Math.Max(recent.SeekSequence(sequence), recent.SeekTime(arrivalMs)))
            : indexed;
    }

    private static BatchPlace PlaceOf(in BatchHeader batch, long offset) =>
        new(batch.FirstSequence, batch.ArrivalMs, offset);

    private SparseIndex Index(DamageReports reports)
    {
        if ((Volatile.Read(ref _index) ?? Loaded) is { } ready)
        {
            return ready;
        }

        lock (_gate)
        {
            return _index ?? Loaded ?? Load() ?? Rebuild(reports);
        }
    }

    private SparseIndex? Loaded => _loaded.TryGetTarget(out var index) ? index : null;

    private SparseIndex? Load()
    {
        if (!File.Exists(IndexPath))
        {
            return null;
        }

        using var file = disk.Open(IndexPath);
        var bytes = new byte[disk.Length(file)];
        var length = disk.ReadFully(file, bytes, 0);
        var index = SegmentIndexFile.Read(bytes.AsSpan(0, length), CommittedLength, Id.Salt);
        _loaded.SetTarget(index);
        return index;
    }

    private SparseIndex Rebuild(DamageReports reports)
    {
        var index = Scan();
        try
        {
            Save(index);
            reports.IndexRebuilt(IndexPath);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _index = index;
            reports.IndexNotWritten(IndexPath, cause);
        }

        return index;
    }

    private void Save(SparseIndex index)
    {
        disk.Delete(IndexPath);
        using (var file = disk.Create(IndexPath))
        {
            disk.Write(file, [SegmentIndexFile.Write(index, CommittedLength, Id.Salt)], 0);
        }

        _loaded.SetTarget(index);
        Volatile.Write(ref _index, null);
    }

    private SparseIndex Scan()
    {
        var index = new SparseIndex();
        using var file = disk.Open(path);
        var cursor = new SegmentCursor(disk, file, Id.Salt, CommittedLength, ScanWindowLength, kept: null);
        for (var step = cursor.Read(SegmentHeader.Size, withBody: false);
            step.Kind != BatchStepKind.End;
            step = cursor.Read(step.Next, withBody: false))
        {
            if (step.Kind == BatchStepKind.Batch)
            {
                index.Add(new BatchPlace(step.Header.FirstSequence, step.Header.ArrivalMs, step.Offset));
            }
        }

        return index;
    }
}
