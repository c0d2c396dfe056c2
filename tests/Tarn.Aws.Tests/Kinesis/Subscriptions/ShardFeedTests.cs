using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tarn.Aws.Kinesis.Subscriptions;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Tests.Scenes;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Records;

namespace Tarn.Aws.Tests.Kinesis.Subscriptions;

/// <summary>One subscription over real streams, with time in the test's hand and a pipe for a connection.</summary>
public sealed class ShardFeedTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task QuietShard_AfterFiveSecondsEach_GivesEmptyEvents()
    {
        var (feed, pipe) = await OpenAsync("quiet");
        var running = feed.RunAsync(new EventStream(pipe.Writer, BodyFormat.Json), default);
        var events = pipe.Reader.AsStream();

        for (var i = 0; i < 3; i++)
        {
            var next = EventFrame.ReadAsync(events);
            var begun = time.GetTimestamp();
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(1);
            }

            Assert.True(time.GetElapsedTime(begun) >= ShardFeed.QuietMax);
            var frame = (await next)!;
            Assert.Empty(frame.Json["Records"]!.AsArray());
            Assert.Equal(0, (long)frame.Json["MillisBehindLatest"]!);
            Assert.NotNull(frame.Json["ContinuationSequenceNumber"]);
        }

        Assert.False(running.IsCompleted);
        feed.Dispose();
    }

    [Fact]
    public async Task FiveMinutes_Passed_EndsWithoutError()
    {
        var (feed, pipe) = await OpenAsync("expiring");
        var stream = new EventStream(pipe.Writer, BodyFormat.Json);
        var running = feed.RunAsync(stream, default);
        var drained = pipe.Reader.AsStream().CopyToAsync(Stream.Null);

        time.Advance(ShardFeed.Duration - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await running;
        Assert.False(stream.IsHeldUp);
        await pipe.Writer.CompleteAsync();
        await drained;
    }

    [Fact]
    public async Task SlowReader_HoldsOneEventAndNothingIsReadForHim()
    {
        var counted = new CountedStreams(scene.Engine<IStreams>());
        var (feed, pipe) = await OpenAsync("slow", counted);
        await PutAsync("slow", Enumerable.Range(0, 40).Select(_ => new byte[100_000]));
        var stream = new EventStream(pipe.Writer, BodyFormat.Json);
        var running = feed.RunAsync(stream, default);

        await counted.ReadsReach(1);
        for (var i = 0; i < 20; i++)
        {
            time.Advance(ShardFeed.QuietMax);
        }

        Assert.Equal(1, counted.Reads);
        Assert.True(stream.IsHeldUp);
        var first = (await EventFrame.ReadAsync(pipe.Reader.AsStream()))!;
        Assert.Equal(2, first.Json["Records"]!.AsArray().Count);
        Assert.True((long)first.Json["MillisBehindLatest"]! >= 0);
        await counted.ReadsReach(2);
        Assert.False(running.IsCompleted);
        feed.Dispose();
    }

    [Fact]
    public async Task SlowReader_WhoseTimeIsOver_IsKnownToBeHeldUp()
    {
        var (feed, pipe) = await OpenAsync("stuck");
        await PutAsync("stuck", [new byte[100_000]]);
        var stream = new EventStream(pipe.Writer, BodyFormat.Json);
        var running = feed.RunAsync(stream, default);

        time.Advance(ShardFeed.Duration);

        await running;
        Assert.True(stream.IsHeldUp);
    }

    [Fact]
    public async Task IdleFeeds_ByTheHundred_ReadOnceAndAgainOnlyWhenARecordComes()
    {
        var counted = new CountedStreams(scene.Engine<IStreams>());
        var feeds = new List<(ShardFeed Feed, Pipe Pipe)>();
        for (var i = 0; i < 300; i++)
        {
            feeds.Add(await OpenAsync("idle", counted));
        }

        feeds.ForEach(open => _ = open.Feed.RunAsync(new EventStream(open.Pipe.Writer, BodyFormat.Json), default));
        await counted.ReadsReach(300);
        time.Advance(ShardFeed.QuietMax - TimeSpan.FromMilliseconds(1));
        Assert.Equal(300, counted.Reads);

        await PutAsync("idle", ["now"u8.ToArray()]);

        foreach (var (_, pipe) in feeds)
        {
            Assert.Equal(["now"], (await EventFrame.ReadAsync(pipe.Reader.AsStream()))!.Texts);
        }

        feeds.ForEach(open => open.Feed.Dispose());
    }

    [Theory]
    [InlineData(StreamRates.Aws)]
    [InlineData(StreamRates.Unlimited)]
    public async Task ManyBytes_UnderAwsRatesOnly_ArriveAtTwoMebibytesASecond(StreamRates rates)
    {
        const int Records = 8;
        const int Bytes = 128 << 10;
        var name = $"paced-{rates}";
        var (feed, pipe) = await OpenAsync(name);
        for (var i = 0; i < Records; i++)
        {
            await PutAsync(name, [new byte[Bytes]]);
        }

        await scene.Engine<IStreams>().ConfigureAsync(name, spec => spec with { Rates = rates }, default);
        _ = feed.RunAsync(new EventStream(pipe.Writer, BodyFormat.Json), default);
        var begun = time.GetTimestamp();
        for (var received = 0; received < Records;)
        {
            var next = EventFrame.ReadAsync(pipe.Reader.AsStream());
            while (!next.IsCompleted && rates == StreamRates.Aws)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Delay(1);
            }

            received += (await next)!.Json["Records"]!.AsArray().Count;
        }

        var least = TimeSpan.FromSeconds((Records - 2) * (double)Bytes / PushPace.BytesPerSecond);
        Assert.Equal(rates == StreamRates.Aws, time.GetElapsedTime(begun) >= least);
        feed.Dispose();
    }

    [Fact]
    public async Task LogThatFailsToBeRead_IsThrownToTheCaller()
    {
        var counted = new CountedStreams(scene.Engine<IStreams>()) { Failure = new IOException("the disk is gone") };
        var (feed, pipe) = await OpenAsync("broken", counted);

        var failure = await Assert.ThrowsAsync<IOException>(
            () => feed.RunAsync(new EventStream(pipe.Writer, BodyFormat.Json), default));

        Assert.Equal("the disk is gone", failure.Message);
    }

    private async Task<(ShardFeed Feed, Pipe Pipe)> OpenAsync(
        string name, CountedStreams? counted = null)
    {
        var streams = counted ?? scene.Engine<IStreams>();
        var consumers = scene.Engine<IStreamConsumers>();
        var stream = streams.Find(name) ?? await streams.CreateAsync(new StreamSpec { Name = name }, default);
        var consumer = consumers.Find(name, "c")
            ?? await consumers.RegisterAsync(name, "c", StreamSpec.NoTags, default);
        var start = await streams.ResolveAsync(name, "shardId-000000000000", new StartPosition.TrimHorizon(), default);
        var key = new SubscriptionKey(stream.Id, "c", consumer.CreatedAt, "shardId-000000000000");
        var subscription = new ShardSubscriptions(time).Begin(key);
        var feed = new ShardFeed(
            streams,
            scene.Engine<ISharedReads>(),
            consumers,
            time,
            consumer,
            subscription,
            start,
            CancellationToken.None);
        return (feed, new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048)));
    }

    private async Task PutAsync(string stream, IEnumerable<byte[]> data)
    {
        var entries = data.Select(bytes => new StreamEntry("k"u8.ToArray(), bytes)).ToArray();
        var outcomes = new AppendOutcome[entries.Length];
        await scene.Engine<IStreams>().AppendAsync(stream, entries, outcomes, default);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }
}
