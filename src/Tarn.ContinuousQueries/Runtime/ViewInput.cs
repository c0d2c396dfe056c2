using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>One source of a view: where it stands in the stream, how far event time is, and which leaves it
/// feeds. Owned by the view's loop.</summary>
internal sealed class ViewInput
{
    private readonly IStreams _streams;

    public ViewInput(ViewPlan plan, SourceSpec source, IStreams streams, TimeProvider time, ILogger logger)
    {
        _streams = streams;
        Source = source;
        Leaves = [.. Enumerable.Range(0, plan.Leaves.Count).Where(i =>
            plan.Leaves[i].Source.Name == source.Name && plan.Leaves[i].Join is null)];
        Windows = [.. Leaves.Select(i => plan.Leaves[i].Window).OfType<WindowPlan>()];
        Tail = new StreamTail(source.Stream, streams, time, logger);
        Watermark = source.Watermark is null ? null : new SourceWatermark(source, time);
    }

    public SourceSpec Source { get; }

    /// <summary>Numbers of the plan's leaves.</summary>
    public IReadOnlyList<int> Leaves { get; }

    public StreamTail Tail { get; }

    /// <summary>Null when the source declares none.</summary>
    public SourceWatermark? Watermark { get; }

    private IReadOnlyList<WindowPlan> Windows { get; }

    /// <summary>The stream that now has the name, or null.</summary>
    public StreamDescription? Stream => _streams.Find(Source.Stream);

    public void Resume(string? streamId, IReadOnlyList<ShardCursor> cursors)
    {
        Tail.Resume(streamId, cursors);
        Watermark?.Resume(cursors);
    }

    /// <summary>Whether a record needs an event time.</summary>
    public bool NeedsTime => Windows.Count > 0;

    /// <summary>End of the last window that an event belongs to, in any leaf; null: some leaf takes events
    /// whenever they come.</summary>
    public long? LastEnd(long eventTime) =>
        Windows.Count < Leaves.Count ? null : Windows.Max(window => window.LastEnd(eventTime));

    /// <summary>Windows of this source take no more records when they end up to there.</summary>
    public long ClosedUpTo(long? watermark) => watermark is { } known && Watermark is not null
        ? known - (Source.Options.AllowedLatenessMilliseconds * 1_000)
        : long.MinValue;

    public SnapshotInput Snapshot() => new(Source.Name, Tail.StreamId,
    [
        .. Tail.Cursors.Values.OrderBy(cursor => cursor.ShardId, StringComparer.Ordinal)
            .Select(cursor => cursor with { NewestEvent = Watermark?.NewestOf(cursor.ShardId) }),
    ]);
}
