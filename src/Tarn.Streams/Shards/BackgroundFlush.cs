using Tarn.Streams.Commits;
using Tarn.Streams.Metrics;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>
/// fsync behind the answers, for a shard whose appends are answered after the write: a second after the first write
/// that is not on disk, on a flusher's thread, so that appends go on meanwhile.
/// <code>
/// committer:  Wrote -> timer armed ........ Wrote, Wrote ............................ sees Failure, stops the shard
/// flusher:                         1 s -> fsync -> armed again if more was written \-> Failure, asks for a turn
/// </code>
/// After a failed fsync nobody knows what is on disk, so there is no second try.
/// </summary>
internal sealed class BackgroundFlush(
    ISegmentDisk disk, CommitThreads flushers, ShardCounters counters, TimeProvider clock, Action onFailure)
    : ICommitTurn, IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Segment? _segment;
    private long _written;
    private long _flushed;
    private bool _armed;
    private Exception? _failure;

    /// <summary>Something was written that is not known to be on disk.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _written != _flushed;
            }
        }
    }

    /// <summary>Why the fsync failed, or null.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Something was written to that segment. Committer's turn.</summary>
    public void Wrote(Segment segment)
    {
        lock (_gate)
        {
            _segment = segment;
            _written++;
            Arm();
        }
    }

    /// <summary>The committer has flushed itself.</summary>
    public void CaughtUp()
    {
        lock (_gate)
        {
            _flushed = _written;
        }
    }

    /// <inheritdoc/>
    public bool Commit()
    {
        Segment segment;
        long written;
        lock (_gate)
        {
            (segment, written) = (_segment!, _written);
        }

        try
        {
            var began = clock.GetTimestamp();
            using var lease = segment.Acquire();
            disk.Flush(lease.Handle);
            counters.Flushed(clock.GetElapsedTime(began));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            // Trimmed or deleted since: what was written to it has gone with it.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _failure, cause);
            onFailure();
            return false;
        }

        lock (_gate)
        {
            _flushed = Math.Max(_flushed, written);
            _armed = false;
            if (_written != _flushed)
            {
                Arm();
            }
        }

        return false;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
        }
    }

    private void Arm()
    {
        if (!_armed)
        {
            _armed = true;
            _timer ??= clock.CreateTimer(
                _ => flushers.Schedule(this), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }
}
