using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>Beginning and removing segments.</summary>
internal sealed partial class ShardLog
{
    private bool IsRollDue(long nowMs)
    {
        if (_tip.Segments.IsEmpty)
        {
            return true;
        }

        var last = _tip.Segments[^1];
        return !last.IsEmpty
            && (last.CommittedLength >= _options.SegmentBytesMax
                || nowMs - last.CreatedMs >= (long)_options.SegmentAgeMax.TotalMilliseconds);
    }

    /// <summary>Begins a segment, on disk under its name before anything is written to it.</summary>
    private TarnException? Roll(long nowMs)
    {
        if (FlushBehind() is { } notFlushed)
        {
            return notFlushed;
        }

        var header = new SegmentHeader(_place.Segment(_tip.Next), nowMs, _tip.NewestArrivalMs);
        var path = _place.PathOf(header.Id);
        try
        {
            var bytes = new byte[SegmentHeader.Size];
            header.Write(bytes);
            using (var file = _disk.Create(path))
            {
                _disk.Write(file, [bytes], 0);
                _disk.Flush(file);
            }

            _disk.FlushDirectory(_place.Directory);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Unroll(path, cause);
        }

        var segment = new Segment(header, path, _disk);
        segment.AdoptGrowing();
        Close();
        if (!_tip.Segments.IsEmpty)
        {
            Seal(_tip.Segments[^1]);
        }

        Show(_tip with { Segments = _tip.Segments.Add(segment) });
        return null;
    }

    private void Seal(Segment segment)
    {
        try
        {
            segment.Seal();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            NotSealed(segment.IndexPath, cause);
        }
    }

    private TarnException Unroll(string path, Exception cause)
    {
        try
        {
            _disk.Delete(path);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return Stop("removal of an unfinished segment", path, second);
        }

        NotWritten(_place.ShardId, _place.StreamName, cause);
        return new TarnException(
            ErrorKind.Unavailable,
            $"{_place} could not begin a segment",
            cause.Message,
            "free disk space, then retry",
            cause);
    }

    /// <summary>
    /// Removes the segments whose newest record is past retention: from sight first, then from the disk.
    /// </summary>
    private void Trim()
    {
        var fromMs = RetainedFromMs;
        if (!_ended && !_tip.Segments.IsEmpty && !_tip.Segments[^1].IsEmpty && _tip.NewestArrivalMs < fromMs
            && Roll(Math.Max(_clock.GetUtcNow().ToUnixTimeMilliseconds(), _tip.NewestArrivalMs)) is not null)
        {
            return;
        }

        var expired = 0;
        while (expired + 1 < _tip.Segments.Length && _tip.CeilingArrivalMs(expired) < fromMs)
        {
            expired++;
        }

        if (expired == 0)
        {
            return;
        }

        var removed = _tip.Segments[..expired];
        Show(_tip with { Segments = _tip.Segments[expired..] });
        try
        {
            foreach (var segment in removed)
            {
                _disk.Delete(segment.Path);
                _disk.Delete(segment.IndexPath);
            }

            _disk.FlushDirectory(_place.Directory);
            Trimmed(_place.ShardId, _place.StreamName, expired);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            NotTrimmed(_place.ShardId, _place.StreamName, cause);
        }
    }

    [LoggerMessage(
        2115, LogLevel.Warning, "{File}: not written, the index stays in memory until restart")]
    private partial void NotSealed(string file, Exception cause);

    [LoggerMessage(
        2113, LogLevel.Debug, "shard '{Shard}' of stream '{Stream}': {Count} segments past retention removed")]
    private partial void Trimmed(string shard, string stream, int count);

    [LoggerMessage(
        2114, LogLevel.Warning, "shard '{Shard}' of stream '{Stream}': segments past retention stay until restart")]
    private partial void NotTrimmed(string shard, string stream, Exception cause);
}
