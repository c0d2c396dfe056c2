using System.Text;
using System.Text.Json.Nodes;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Notifications;

#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class NotificationRelayTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Stream = "arrivals";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempDirectory _directory = new();
    private DeliveryLake? _opened;

    private DeliveryLake Lake => _opened!;

    public async Task InitializeAsync()
    {
        _opened = await OpenAsync(Faults.None);
        await Lake.Store.CreateBucketAsync("lake", None);
        await Lake.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration(
            [
                new("all", Stream, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"], null, null),
            ]),
            None);
    }

    public async Task DisposeAsync()
    {
        await Lake.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Put_IsOnTheStreamAsAwsWritesIt()
    {
        await CreateStreamAsync();

        var put = await Put("raw/a b+ü.json", "12345");

        var (key, text) = Assert.Single(await ReadAsync(count: 1));
        Assert.Equal("lake/raw/a b+ü.json", key);
        var sequencer = (string)JsonNode.Parse(text)!["Records"]![0]!["s3"]!["object"]!["sequencer"]!;
        Assert.Equal(
            "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"awsRegion\":\"us-east-1\","
            + "\"eventTime\":\"2026-11-23T04:30:00.000Z\",\"eventName\":\"ObjectCreated:Put\","
            + "\"s3\":{\"s3SchemaVersion\":\"1.0\",\"configurationId\":\"all\",\"bucket\":{\"name\":\"lake\","
            + "\"ownerIdentity\":{\"principalId\":\"000000000000\"},\"arn\":\"arn:aws:s3:::lake\"},"
            + "\"object\":{\"key\":\"raw/a+b%2B%C3%BC.json\",\"size\":5,"
            + $"\"eTag\":\"{put.ETag}\",\"sequencer\":\"{sequencer}\"}}}}}}]}}",
            text);
        await Lake.UntilAsync(() => Task.FromResult(Lake.Outbox.ListWaiting().Count == 0));
    }

    [Fact]
    public async Task ChangesOfAKey_ComeInOrder_WithGrowingSequencers()
    {
        await CreateStreamAsync();
        for (var i = 0; i < 20; i++)
        {
            await Put("k", $"text {i}");
            await Lake.Store.SetTagsAsync(Key("k"), new Dictionary<string, string> { ["i"] = $"{i}" }, None);
            await Lake.Store.DeleteAsync(Key("k"), None);
        }

        var events = (await ReadAsync(count: 60)).Select(record => Event(record.Text)).ToList();

        Assert.Equal(
            Enumerable.Repeat<string[]>(["ObjectCreated:Put", "ObjectTagging:Put", "ObjectRemoved:Delete"], 20)
                .SelectMany(names => names),
            events.Select(e => (string)e["eventName"]!));
        var sequencers = events.Select(e => (string)e["s3"]!["object"]!["sequencer"]!).ToList();
        Assert.Equal(sequencers.Order(StringComparer.Ordinal).Distinct(), sequencers);
        Assert.Equal("2.3", (string)events[1]["eventVersion"]!);
        Assert.Null(events[2]["s3"]!["object"]!["size"]);
    }

    [Fact]
    public async Task StreamThatIsNotThere_GetsItsEventsWhenItIsCreated_OthersAtOnce()
    {
        await Lake.Streams.CreateAsync(new StreamSpec { Name = "other" }, None);
        await Lake.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration(
            [
                new("missing", Stream, ["s3:ObjectCreated:*"], "a", null),
                new("there", "other", ["s3:ObjectCreated:*"], "b", null),
            ]),
            None);

        await Put("a1", "x");
        await Put("b1", "x");
        await Lake.UntilAsync(() => Task.FromResult(Lake.Outbox.ListStreams() is [Stream]));
        Assert.Equal((Stream, 1L), Lake.Outbox.ListWaiting().Select(waits => (waits.Stream, waits.Count)).Single());

        await CreateStreamAsync();
        Assert.Equal("lake/a1", Assert.Single(await ReadAsync(count: 1)).Key);
    }

    [Fact]
    public async Task StoppedBetweenPutAndRelay_IsSentAtTheNextStart()
    {
        await Put("before", "x");
        await Lake.DisposeAsync();
        _opened = await OpenAsync(Faults.None);
        Assert.Equal([Stream], Lake.Outbox.ListStreams());

        await CreateStreamAsync();

        Assert.Equal("lake/before", Assert.Single(await ReadAsync(count: 1)).Key);
    }

    [Fact]
    public async Task StoppedBetweenAppendAndForgetting_IsSentAgain()
    {
        await CreateStreamAsync();
        await Lake.DisposeAsync();
        var killed = Faults.StopAt(point => point == "forget");
        _opened = await OpenAsync(killed);
        await Put("k", "x");
        await Lake.UntilAsync(() => Task.FromResult(killed.Count > 0));
        Assert.Single(await ReadAsync(count: 1));
        await Lake.DisposeAsync();

        _opened = await OpenAsync(Faults.None);

        Assert.Equal(["lake/k", "lake/k"], (await ReadAsync(count: 2)).Select(record => record.Key));
        await Lake.UntilAsync(() => Task.FromResult(Lake.Outbox.ListStreams().Count == 0));
    }

    [Fact]
    public async Task OutboxThatFailsNowAndThen_LosesNothing()
    {
        await CreateStreamAsync();
        await Lake.DisposeAsync();
        _opened = await OpenAsync(Faults.Random(seed: 4, share: 0.3));
        for (var i = 0; i < 100; i++)
        {
            await Put($"k{i}", "x");
        }

        await Lake.UntilAsync(() => Task.FromResult(Lake.Outbox.ListStreams().Count == 0));

        Assert.Equal(100, (await ReadAsync(count: 100)).Select(record => record.Key).Distinct().Count());
    }

    [Fact]
    public async Task LongKeys_AreSentUnderTheirHash()
    {
        await CreateStreamAsync();
        var key = new string('k', 1024);

        await Put(key, "x");

        var (partitionKey, text) = Assert.Single(await ReadAsync(count: 1));
        Assert.StartsWith("lake/", partitionKey, StringComparison.Ordinal);
        Assert.Equal("lake/".Length + 64, partitionKey.Length);
        Assert.Equal(key, (string)Event(text)["s3"]!["object"]!["key"]!);
    }

    [Fact]
    public async Task ThousandsOfEvents_AllArriveOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => Put($"k{i}", "x")));
        await CreateStreamAsync();

        var keys = (await ReadAsync(count: 1200)).Select(record => record.Key).ToList();

        Assert.Equal(1200, keys.Distinct().Count());
        await Lake.UntilAsync(() => Task.FromResult(Lake.Outbox.ListWaiting().Count == 0));
    }

    private static JsonNode Event(string text) => JsonNode.Parse(text)!["Records"]![0]!;

    private static ObjectKey Key(string key) => new("lake", key);

    private Task<DeliveryLake> OpenAsync(Faults faults) =>
        DeliveryLake.OpenAsync(_directory.Path, DeliveryLake.NewTime(), faults);

    private Task<ObjectInfo> Put(string key, string text) => Lake.Store.PutAsync(
        Key(key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    private Task<StreamDescription> CreateStreamAsync() =>
        Lake.Streams.CreateAsync(new StreamSpec { Name = Stream }, None);

    /// <summary>Waits until the stream has this many records; all of them.</summary>
    private async Task<IReadOnlyList<(string Key, string Text)>> ReadAsync(int count)
    {
        var records = new List<(string Key, string Text)>();
        var shard = Lake.Streams.Find(Stream)!.Shards[0].ShardId;
        var next = await Lake.Streams.ResolveAsync(Stream, shard, new StartPosition.TrimHorizon(), None);
        await Lake.UntilAsync(async () =>
        {
            var batch = await Lake.Streams.ReadAsync(Stream, shard, next, new ReadBounds(10_000, 10 << 20), None);
            records.AddRange(batch.Records.Select(record => (
                Encoding.UTF8.GetString(record.PartitionKey.Span), Encoding.UTF8.GetString(record.Data.Span))));
            next = batch.Next;
            return records.Count >= count;
        });
        return records;
    }
}
