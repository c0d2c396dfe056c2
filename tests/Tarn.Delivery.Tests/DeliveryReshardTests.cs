using Microsoft.Extensions.Time.Testing;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

/// <summary>
/// A source whose shards are split and merged: every record is delivered once, parents before children.
/// </summary>
public sealed class DeliveryReshardTests : IDisposable
{
    private const string Shard0 = "shardId-000000000000";
    private const string Shard1 = "shardId-000000000001";
    private const string Shard2 = "shardId-000000000002";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deliver_SplitMergedAndRestartedWithFaults_EachRecordOnce(int seed)
    {
        var random = new Random(seed);
        var sent = new List<string>();
        await using (var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None))
        {
            await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        }

        for (var round = 0; round < 5; round++)
        {
            await using var lake = await DeliveryLake.OpenAsync(
                _directory.Path, _time, Faults.Random(random.Next(), share: 0.2));
            for (var batch = 0; batch < 4; batch++)
            {
                var payloads = Enumerable.Range(sent.Count, random.Next(1, 40))
                    .Select(n => $$"""{"n":{{n}}}""")
                    .ToArray();
                var append = lake.AppendAsync(payloads);
                await ChangeAsync(lake, random);
                await append;
                sent.AddRange(payloads);
                _time.Advance(TimeSpan.FromMinutes(random.Next(0, 5)));
                if (random.Next(2) == 0)
                {
                    await lake.FlushAsync();
                }
            }
        }

        await using var last = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await last.FlushAsync();

        Assert.Equal(sent.Order(), (await last.LinesAsync()).Order());
        await last.ExpectPartitionsToEqualFoldersAsync();
        Assert.Equal(sent.Count, (await last.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!.Records);
        Assert.True(last.Streams.Find("scores")!.Shards.Count > 15);
    }

    [Fact]
    public async Task Deliver_ParentCannotBeDelivered_ChildWaitsForIt()
    {
        var isBroken = true;
        var faults = Faults.Where(point =>
            isBroken && point.StartsWith("put:before:", StringComparison.Ordinal)
            && point.Contains(Shard0, StringComparison.Ordinal));
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        await lake.AppendAsync("""{"n":1}""");
        await lake.Streams.SplitAsync("scores", Shard0, UInt128.One << 127, default);
        await lake.AppendAsync([.. Enumerable.Range(2, 20).Select(n => $$"""{"n":{{n}}}""")]);

        var flush = lake.FlushAsync();
        await lake.UntilAsync(() => Task.FromResult(faults.Count >= 3));
        Assert.Empty(await lake.KeysAsync("raw/scores/"));
        isBroken = false;
        await flush;

        Assert.Equal(21, (await lake.LinesAsync()).Count);
        var keys = await lake.KeysAsync("raw/scores/");
        Assert.Equal(
            [1, 1, 1], new[] { Shard0, Shard1, Shard2 }.Select(shard => keys.Count(key => key.Contains(shard))));
    }

    [Fact]
    public async Task Flush_AfterEmptyShardsClosed_Completes()
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        await lake.FlushAsync();
        await lake.Streams.SplitAsync("scores", Shard0, UInt128.One << 127, default);
        await lake.Streams.MergeAsync("scores", Shard1, Shard2, default);

        await lake.FlushAsync();
        await lake.AppendAsync("""{"n":1}""");
        await lake.FlushAsync();

        Assert.Single(await lake.LinesAsync());
    }

    [Fact]
    public async Task Retention_RemovedADeliveredShard_DeliveryAndFlushGoOn()
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        await lake.AppendAsync("""{"n":1}""");
        await lake.Streams.SplitAsync("scores", Shard0, UInt128.One << 127, default);
        await lake.FlushAsync();
        await RemoveParentAsync(lake);

        await lake.AppendAsync("""{"n":2}""");
        await lake.FlushAsync();

        Assert.Equal(2, (await lake.LinesAsync()).Count);
        var status = (await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!;
        Assert.Equal((2, null), (status.Records, status.LastError));
    }

    [Fact]
    public async Task Retention_RemovedAShardThatFailedToBeDelivered_ChildrenGoOn()
    {
        var faults = Faults.Where(point =>
            point.StartsWith("apply:before:delivery-checkpoint/", StringComparison.Ordinal)
            && point.Contains(Shard0, StringComparison.Ordinal));
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        await lake.AppendAsync("""{"n":1}""");
        await lake.Streams.SplitAsync("scores", Shard0, UInt128.One << 127, default);
        _time.Advance(TimeSpan.FromMinutes(30));
        await lake.UntilAsync(() => Task.FromResult(faults.Count > 0));
        await RemoveParentAsync(lake);

        await lake.AppendAsync("""{"n":2}""");
        await lake.FlushAsync();

        Assert.Equal(["""{"n":2}"""], await lake.LinesAsync());
        await lake.UntilAsync(status => status.LastError is null);
    }

    private async Task RemoveParentAsync(DeliveryLake lake)
    {
        _time.Advance(TimeSpan.FromHours(24));
        await lake.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(lake.Streams.Find("scores")!.Shards.Count == 2);
        });
    }

    private static async Task ChangeAsync(DeliveryLake lake, Random random)
    {
        var open = lake.Streams.Find("scores")!.Shards.Where(shard => shard.ClosedAt is null)
            .OrderBy(shard => shard.StartingHashKey).ToList();
        var at = random.Next(Math.Max(1, open.Count - 1));
        if (open.Count < 3 || random.Next(2) == 0)
        {
            var middle = open[at].StartingHashKey + ((open[at].EndingHashKey - open[at].StartingHashKey) / 2);
            await lake.Streams.SplitAsync("scores", open[at].ShardId, middle, default);
        }
        else
        {
            await lake.Streams.MergeAsync("scores", open[at].ShardId, open[at + 1].ShardId, default);
        }
    }
}
