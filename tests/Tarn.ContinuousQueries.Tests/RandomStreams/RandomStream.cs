using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>
/// A stream that grows at random, through the real stream engine, step by step; what was put follows from the seed.
/// The clock goes along with the frontier of event time.
/// </summary>
internal sealed class RandomStream(Lake lake, FakeTimeProvider clock, StreamShape shape, int seed)
{
    private const int RecordsPerStepMax = 120;
    private readonly Random _random = new(seed);
    private readonly EventMaker _maker = new(new Random(seed + 1), shape, firstId: 1);
    private readonly List<SentEvent> _sent = [];
    private int _step;

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<SentEvent> Sent => _sent;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IReadOnlyList<ShardDescription> OpenShards =>
        [.. lake.Streams.Find(EventTable.Stream)!.Shards.Where(shard => shard.ClosedAt is null)
            .OrderBy(shard => shard.StartingHashKey)];

    /// <summary>No watermark of all shards can be behind it: every open shard has seen newer events by the delay. Null
    /// while one has seen none.</summary>
    public DateTime? WatermarkMin
    {
        get
        {
            var newest = OpenShards.Select(shard => _sent
                .Where(sent => sent.ShardId == shard.ShardId).Max(sent => sent.At)).ToList();
            return newest.Contains(null) ? null : newest.Min() - shape.Delay;
        }
    }

    /// <summary>No watermark can be beyond it, where no event is dated ahead.</summary>
    public DateTime WatermarkMax => _sent.Max(sent => sent.At) - shape.Delay ?? DateTime.MinValue;

    public Task CreateAsync() => lake.Streams.CreateAsync(
        new StreamSpec { Name = EventTable.Stream, ShardCount = shape.Shards }, CancellationToken.None);

    /// <summary>Event time goes on, records come, shards change meanwhile.</summary>
    public async Task StepAsync()
    {
        _step++;
        clock.Advance(TimeSpan.FromMilliseconds(_random.Next(60_000)));
        var count = _random.Next(RecordsPerStepMax);
        var puts = Task.Run(() => PutAsync(count));
        for (var change = _random.Next(3); shape.Reshards && change > 0; change--)
        {
            await ReshardAsync();
        }

        await puts;
    }

    /// <summary>Events of one late moment into every open shard: all windows before it close.</summary>
    /// <returns>Their time.</returns>
    public async Task<DateTime> CloseAsync()
    {
        _step++;
        clock.Advance(TimeSpan.FromHours(12));
        var at = Now;
        foreach (var shard in OpenShards)
        {
            await PutAsync([(_maker.At(at), shard.StartingHashKey)]);
        }

        return at;
    }

    private Task PutAsync(int count)
    {
        var events = new List<((long Id, string Payload, DateTime? At) Event, UInt128 Key)>();
        for (var i = 0; i < count; i++)
        {
            events.Add((_maker.Next(Now, Now), AnyKey()));
            if (_random.NextDouble() < shape.DuplicateShare)
            {
                events.Add(events[^1]);
            }
        }

        return PutAsync(events);
    }

    private async Task PutAsync(IReadOnlyList<((long Id, string Payload, DateTime? At) Event, UInt128 Key)> events)
    {
        foreach (var chunk in events.Chunk(40))
        {
            StreamEntry[] entries =
            [
                .. chunk.Select(put => new StreamEntry(
                    Encoding.UTF8.GetBytes($"key-{put.Event.Id}"), Encoding.UTF8.GetBytes(put.Event.Payload), put.Key)),
            ];
            var outcomes = await lake.Streams.AppendAsync(EventTable.Stream, entries, CancellationToken.None);
            Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
            _sent.AddRange(chunk.Zip(outcomes, (put, outcome) =>
                new SentEvent(put.Event.Id, put.Event.Payload, put.Event.At, outcome.ShardId, _step)));
        }
    }

    /// <summary>A hash key of any shard as they were at the beginning, but for the idle one.</summary>
    private UInt128 AnyKey()
    {
        var busy = shape.HasIdleShard ? shape.Shards - 1 : shape.Shards;
        var width = UInt128.MaxValue / (UInt128)shape.Shards;
        return (width * (UInt128)_random.Next(busy)) + (width / 1000 * (UInt128)_random.Next(1, 999));
    }

    private async Task ReshardAsync()
    {
        var open = OpenShards;
        var at = _random.Next(open.Count - 1);
        if (open.Count < 3 || _random.Next(2) == 0)
        {
            var middle = open[at].StartingHashKey + ((open[at].EndingHashKey - open[at].StartingHashKey) / 2);
            await lake.Streams.SplitAsync(EventTable.Stream, open[at].ShardId, middle, CancellationToken.None);
        }
        else
        {
            await lake.Streams.MergeAsync(
                EventTable.Stream, open[at].ShardId, open[at + 1].ShardId, CancellationToken.None);
        }
    }
}
