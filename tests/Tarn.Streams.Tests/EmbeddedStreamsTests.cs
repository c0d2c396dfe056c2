using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests;

public sealed class EmbeddedStreamsTests
{
    [Fact]
    public async Task Append_ManyRecords_ReadBackInOrderWithGrowingNumbers()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var entries = Enumerable.Range(0, 5000).Select(i => Lake.Entry($"record {i}", $"user{i % 7}")).ToArray();

        var outcomes = await lake.PutAsync("scores", entries);
        var batch = await lake.ReadAsync("scores", SequenceNumber.Zero);

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Equal(outcomes.Select(outcome => outcome.SequenceNumber), batch.Records.Select(r => r.SequenceNumber));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"record {i}"), batch.Records.Select(Lake.Text));
        Assert.True(outcomes.Zip(outcomes.Skip(1)).All(pair => pair.First.SequenceNumber < pair.Second.SequenceNumber));
        Assert.Equal(outcomes[^1].SequenceNumber.Next, batch.Next);
        Assert.Equal(0, batch.MillisBehindLatest);
        Assert.False(batch.ShardEnded);
    }

    [Fact]
    public async Task Append_FirstRecord_BeginsAtCreationTimeShiftedBy20()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var outcome = await lake.PutAsync("scores", "a");

        Assert.Equal((ulong)lake.Clock.GetUtcNow().ToUnixTimeMilliseconds() << 20, outcome.SequenceNumber.Value);
        Assert.Equal(Lake.Shard0, outcome.ShardId);
    }

    [Fact]
    public async Task Append_SomeEntriesWrong_OthersAreStored()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var outcomes = await lake.PutAsync("scores", [
            Lake.Entry("good", "k"),
            Lake.Entry("no key", ""),
            Lake.Entry("long key", new string('ä', 257)),
            Lake.Entry("longest key", new string('ä', 256)),
            new StreamEntry(new byte[] { 0xff }, new byte[1]),
            new StreamEntry("k"u8.ToArray(), new byte[1 << 20]),
            new StreamEntry("k"u8.ToArray(), new byte[(1 << 20) - 1]),
        ]);

        Assert.Equal(
            [null, ErrorKind.Invalid, ErrorKind.Invalid, null, ErrorKind.Invalid, ErrorKind.LimitExceeded, null],
            outcomes.Select(outcome => outcome.Error?.Kind));
        Assert.Equal("record has 1048577 bytes of data and partition key, at most 1048576 are allowed",
            outcomes[5].Error!.Message);
        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);
        Assert.Equal([4, 11, (1 << 20) - 1], read.Records.Select(record => record.Data.Length));
    }

    [Fact]
    public async Task Append_ExplicitHashKeys_GoToTheOwningShard()
    {
        await using var lake = await Lake.OpenAsync();
        var stream = await lake.CreateAsync("scores", shards: 3);
        var entries = stream.Shards.SelectMany(shard => new[] { shard.StartingHashKey, shard.EndingHashKey })
            .Select(hash => Lake.Entry("x", hash: hash)).ToArray();

        var outcomes = await lake.PutAsync("scores", entries);

        Assert.Equal(
            stream.Shards.SelectMany(shard => new[] { shard.ShardId, shard.ShardId }),
            outcomes.Select(outcome => outcome.ShardId));
    }

    [Fact]
    public async Task Append_ConcurrentWritersAndReaders_NothingLostNothingTwice()
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { SegmentBytesMax = 64 << 10 });
        var stream = await lake.CreateAsync("scores", shards: 2);
        const int Writers = 8, Calls = 40, PerCall = 25;

        var readers = stream.Shards
            .Select(shard => Task.Run(() => ReadUntilAsync(lake, shard.ShardId, "end"))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var call = 0; call < Calls; call++)
            {
                var outcomes = await lake.PutAsync("scores", [.. Enumerable.Range(0, PerCall)
                    .Select(i => Lake.Entry($"{writer}:{(call * PerCall) + i:D6}", $"writer {writer}"))]);
                Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
            }
        })));
        await lake.PutAsync("scores", [.. stream.Shards.Select(s => Lake.Entry("end", hash: s.StartingHashKey))]);
        var read = (await Task.WhenAll(readers)).ToList();

        Assert.Equal(Writers * Calls * PerCall, read.Sum(shard => shard.Count));
        foreach (var shard in read)
        {
            Assert.All(shard.GroupBy(text => text[0]), group => Assert.Equal(group.Order(), group));
        }

        Assert.Equal(Writers * Calls * PerCall, read.SelectMany(shard => shard).Distinct().Count());
        Assert.True(lake.Segments("scores", stream.Shards[0].ShardId).Length > 1);
    }

    [Fact]
    public async Task Read_Bounds_AreKeptAndReadingGoesOn()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", [.. Enumerable.Range(0, 100).Select(i => Lake.Entry($"{i:D9}", "k"))]);

        var byCount = await lake.ReadAsync("scores", SequenceNumber.Zero, recordsMax: 7);
        var byBytes = await lake.ReadAsync("scores", byCount.Next, bytesMax: 35);
        var alone = await lake.ReadAsync("scores", byBytes.Next, bytesMax: 1);

        Assert.Equal(["000000000", "000000006"], [Lake.Text(byCount.Records[0]), Lake.Text(byCount.Records[^1])]);
        Assert.Equal(["000000007", "000000008", "000000009"], byBytes.Records.Select(Lake.Text));
        Assert.Equal(["000000010"], alone.Records.Select(Lake.Text));
        Assert.True(alone.MillisBehindLatest > 0);
    }

    [Fact]
    public async Task Read_Behind_TellsMillisToTheNewestRecord()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "a");
        lake.Clock.Advance(TimeSpan.FromSeconds(5));
        await lake.PutAsync("scores", "b");

        var first = await lake.ReadAsync("scores", SequenceNumber.Zero, recordsMax: 1);
        var second = await lake.ReadAsync("scores", first.Next, recordsMax: 1);

        Assert.Equal((5000, 0), (first.MillisBehindLatest, second.MillisBehindLatest));
    }

    [Fact]
    public async Task Resolve_FivePositions_GiveTheRecordsAsked()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var start = lake.Clock.GetUtcNow();
        var numbers = new List<SequenceNumber>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add((await lake.PutAsync("scores", $"{i}")).SequenceNumber);
            lake.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(numbers[0], await lake.ResolveAsync("scores", new StartPosition.TrimHorizon()));
        Assert.Equal(numbers[2].Next, await lake.ResolveAsync("scores", new StartPosition.Latest()));
        Assert.Equal(numbers[1], await lake.ResolveAsync("scores", new StartPosition.At(numbers[1])));
        Assert.Equal(numbers[2], await lake.ResolveAsync("scores", new StartPosition.After(numbers[1])));
        Assert.Equal(numbers[1], await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddMilliseconds(1))));
        Assert.Equal(numbers[1], await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(1))));
        Assert.Equal(numbers[2].Next, await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddHours(1))));
        var error = await Assert.ThrowsAsync<TarnException>(() =>
            lake.ResolveAsync("scores", new StartPosition.At(new SequenceNumber(ulong.MaxValue))));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public async Task Wait_ThousandsAtTheTip_AllWakeWithTheNextRecord()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var next = (await lake.PutAsync("scores", "a")).SequenceNumber.Next;
        using var stop = new CancellationTokenSource();
        var waits = Enumerable.Range(0, 5000)
            .Select(_ => lake.Streams.WaitAsync("scores", Lake.Shard0, next, CancellationToken.None)).ToList();
        var cancelled = lake.Streams.WaitAsync("scores", Lake.Shard0, next, stop.Token);

        await stop.CancelAsync();
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await lake.PutAsync("scores", "b");
        await Task.WhenAll(waits);

        await lake.Streams.WaitAsync("scores", Lake.Shard0, next, CancellationToken.None);
        Assert.Equal(["b"], (await lake.ReadAsync("scores", next)).Records.Select(Lake.Text));
    }

    [Fact]
    public async Task Wait_StreamDeleted_Completes()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var wait = lake.Streams.WaitAsync(
            "scores", Lake.Shard0, new SequenceNumber(ulong.MaxValue), CancellationToken.None);

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        await wait;

        var error = Assert.Throws<TarnException>(() =>
            { _ = lake.Streams.WaitAsync("scores", Lake.Shard0, SequenceNumber.Zero, CancellationToken.None); });
        Assert.Equal(ErrorKind.NotFound, error.Kind);
    }

    private static async Task<List<string>> ReadUntilAsync(Lake lake, string shard, string last)
    {
        var texts = new List<string>();
        var next = SequenceNumber.Zero;
        while (true)
        {
            await lake.Streams.WaitAsync("scores", shard, next, CancellationToken.None);
            var batch = await lake.ReadAsync("scores", next, shard, recordsMax: 100);
            texts.AddRange(batch.Records.Select(Lake.Text));
            if (texts.Count > 0 && texts[^1] == last)
            {
                texts.RemoveAt(texts.Count - 1);
                return texts;
            }

            next = batch.Next;
        }
    }
}
