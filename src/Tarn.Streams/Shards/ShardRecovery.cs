using System.Collections.Immutable;
using Tarn.Primitives.Errors;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>
/// Brings a shard's folder back to what was acknowledged, as far as its files still tell.
/// <code>
///  1  list the segments by name; a last one that never got its header is the trace of a crash and goes
///  2  closed segments: only their headers are read; they were on disk before their successor was begun
///  3  last segment: every batch is verified
///       bad bytes up to the end      an append that was never acknowledged: cut off
///       bad bytes before good ones   damage: reported, stepped over, never cut
///  4  numbers go on above everything that was seen; after a cut, above everything that can ever have been given out,
///     and so they do when appends were answered before fsync: what was lost then need not leave a trace
/// </code>
/// </summary>
internal sealed class ShardRecovery(
    ShardPlace place, ISegmentDisk disk, DamageReports damages, TimeProvider clock)
{
    private const int WindowLength = 1 << 20;

    /// <summary>Above every number that was given out until now.</summary>
    private ulong Unused => (ulong)(clock.GetUtcNow().ToUnixTimeMilliseconds() + 1) << 20;

    public ShardTip Open(ulong startSequence, StreamDurability durability)
    {
        if (!Directory.Exists(place.Directory))
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"{place} has lost its folder",
                $"'{place.Directory}' is missing",
                "restore it from a copy, or delete the stream's resource");
        }

        // 1 and 2
        var files = Directory.GetFiles(place.Directory);
        var ids = files
            .Select(file => SegmentId.FromFileName(place.StreamId, place.Number, Path.GetFileName(file)))
            .OfType<SegmentId>().OrderBy(id => id.BaseSequence).ToList();
        var segments = ids.Select((id, index) => OpenSegment(id, isLast: index == ids.Count - 1))
            .OfType<Segment>().ToImmutableArray();
        RemoveStrayIndexes(files, segments);
        return segments.IsEmpty
            ? new ShardTip(segments, startSequence, 0)
            : Verify(segments, startSequence, durability);
    }

    private Segment? OpenSegment(SegmentId id, bool isLast)
    {
        var path = place.PathOf(id);
        using var file = disk.Open(path);
        var length = disk.Length(file);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        bytes.Clear();
        var read = disk.ReadFully(file, bytes, 0);
        var state = SegmentHeader.Read(bytes[..read], id, out var header);
        if (state == SegmentHeaderState.TooNew)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"segment '{path}' was written by a later version of tarn",
                hint: $"this version reads segments up to version {SegmentHeader.Version}");
        }

        if (state == SegmentHeaderState.Damaged)
        {
            if (isLast && length <= SegmentHeader.Size)
            {
                damages.Report(new Damage(path, 0, length, DamageFate.TornTail));
                disk.Delete(path);
                disk.FlushDirectory(place.Directory);
                return null;
            }

            damages.Report(new Damage(path, 0, Math.Min(length, SegmentHeader.Size), DamageFate.SteppedOver));
            header = header with { FloorArrivalMs = FirstArrival(path, id, length) };
        }

        if (isLast && state == SegmentHeaderState.Good && SegmentHeader.IsOfEarlierVersion(bytes))
        {
            // What is appended to it may be of this version.
            disk.Write(file, [SegmentHeader.VersionBytes], SegmentHeader.VersionOffset);
            disk.Flush(file);
        }

        var segment = new Segment(header, path, disk);
        segment.AdoptClosed(Math.Max(length, SegmentHeader.Size));
        return segment;
    }

    /// <summary>Those whose segment went, and a crash came before the index went too.</summary>
    private void RemoveStrayIndexes(string[] files, ImmutableArray<Segment> segments)
    {
        var owned = segments.Select(segment => segment.IndexPath).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (Path.GetExtension(file) == SegmentIndexFile.Extension && !owned.Contains(file))
            {
                disk.Delete(file);
            }
        }
    }

    /// <summary>
    /// Stands in for a lost floor: no earlier than the true one, so that nothing is trimmed too soon.
    /// </summary>
    private long FirstArrival(string path, SegmentId id, long length)
    {
        using var file = disk.Open(path);
        var cursor = new SegmentCursor(disk, file, id.Salt, length, WindowLength, kept: null);
        var step = cursor.Read(SegmentHeader.Size, withBody: true);
        step = step.Kind == BatchStepKind.Damage ? cursor.Read(step.Next, withBody: true) : step;
        return step.Kind == BatchStepKind.Batch ? step.Header.ArrivalMs : clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    // 3 and 4
    private ShardTip Verify(ImmutableArray<Segment> segments, ulong startSequence, StreamDurability durability)
    {
        var last = segments[^1];
        var next = Math.Max(startSequence, last.Id.BaseSequence);
        var newestArrivalMs = last.FloorArrivalMs;
        last.AdoptGrowing();
        using var lease = last.Acquire();
        var cursor = last.Walk(lease, last.CommittedLength, WindowLength, kept: null);
        var step = cursor.Read(SegmentHeader.Size, withBody: true);
        for (; step.Kind != BatchStepKind.End; step = cursor.Read(step.Next, withBody: true))
        {
            if (step.Kind == BatchStepKind.Batch)
            {
                last.Note(step.Header, step.Offset);
                next = step.Header.LastSequence + 1;
                newestArrivalMs = step.Header.ArrivalMs;
                continue;
            }

            var isTail = step.Next == last.CommittedLength;
            var fate = isTail ? DamageFate.TornTail : DamageFate.SteppedOver;
            damages.Report(new Damage(last.Path, step.Offset, step.Next - step.Offset, fate));
            if (isTail)
            {
                disk.Truncate(lease.Handle, step.Offset);
                disk.Flush(lease.Handle);
                last.Recovered(step.Offset);
                return new ShardTip(segments, Math.Max(next, Unused), newestArrivalMs);
            }
        }

        last.Recovered(step.Offset);
        if (durability == StreamDurability.OperatingSystem)
        {
            next = Math.Max(next, Unused);
        }

        return new ShardTip(segments, next, newestArrivalMs);
    }
}
