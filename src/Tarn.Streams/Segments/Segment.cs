using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>
/// One file of a shard's log. The last of a shard is appended to by the committer; the others never change. The file is
/// open only while somebody uses it, and writer and readers share one handle.
/// </summary>
internal sealed class Segment(SegmentHeader header, string path, ISegmentDisk disk)
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _handle;
    private int _users;
    private long _committedLength = SegmentHeader.Size;
    private SparseIndex? _index;

    public SegmentId Id => header.Id;

    public long CreatedMs => header.CreatedMs;

    public long FloorArrivalMs => header.FloorArrivalMs;

    public string Path => path;

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

    /// <summary>Takes note of what recovery found.</summary>
    public void Adopt(long length, SparseIndex? index)
    {
        _index = index;
        Volatile.Write(ref _committedLength, length);
    }

    /// <summary>Shows batches to readers. The committer calls it after fsync, in order.</summary>
    public void Commit(IReadOnlyList<BatchHeader> batches)
    {
        var offset = CommittedLength;
        foreach (var batch in batches)
        {
            _index!.Add(batch.FirstSequence, batch.ArrivalMs, offset);
            offset += batch.Length;
        }

        Volatile.Write(ref _committedLength, offset);
    }

    /// <summary>The index; of a segment that was closed before start it is made when first asked for.</summary>
    public SparseIndex Index()
    {
        if (Volatile.Read(ref _index) is { } ready)
        {
            return ready;
        }

        lock (_gate)
        {
            return _index ??= Scan();
        }
    }

    private SparseIndex Scan()
    {
        var index = new SparseIndex();
        using var file = disk.Open(path);
        var cursor = new SegmentCursor(file, Id.Salt, CommittedLength, windowLength: 16 << 10, keepsWindows: false);
        for (var step = cursor.Read(SegmentHeader.Size, withBody: false);
            step.Kind != BatchStepKind.End;
            step = cursor.Read(step.Next, withBody: false))
        {
            if (step.Kind == BatchStepKind.Batch)
            {
                index.Add(step.Header.FirstSequence, step.Header.ArrivalMs, step.Offset);
            }
        }

        return index;
    }
}
