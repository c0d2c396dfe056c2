using System.Text;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Tests.Shards;

namespace Tarn.Streams.Tests;

/// <summary>Whose memory an append uses, and until when.</summary>
public sealed class AppendMemoryTests
{
    private const string Shard1 = "shardId-000000000001";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_Base64_IsStoredDecoded(int shards)
    {
        await using var lake = await Lake.OpenAsync();
        var stream = await lake.CreateAsync("scores", shards);
        var random = new Random(3);
        var payloads = Enumerable.Range(0, 400).Select(i => Random(random, i)).ToArray();
        var entries = payloads.Select((payload, i) =>
        {
            var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(payload));
            Assert.True(StreamEntry.TryFromBase64(Encoding.ASCII.GetBytes($"k{i}"), text, null, out var entry));
            Assert.Equal(payload.Length, entry.DataLength);
            return i % 3 == 0 ? new StreamEntry(entry.PartitionKey, payload) : entry;
        }).ToArray();

        var outcomes = await lake.PutAsync("scores", entries);

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        foreach (var shard in stream.Shards)
        {
            var read = await lake.ReadAsync("scores", SequenceNumber.Zero, shard.ShardId);
            var sent = payloads.Where((_, i) => outcomes[i].ShardId == shard.ShardId);
            Assert.Equal(sent, read.Records.Select(record => record.Data.ToArray()));
        }
    }

    [Theory]
    [InlineData("QQ")]
    [InlineData("QQ=")]
    [InlineData("Q===")]
    [InlineData("QU-_")]
    public void TryFromBase64_OtherText_IsRefused(string text) => Assert.False(
        StreamEntry.TryFromBase64("k"u8.ToArray(), Encoding.ASCII.GetBytes(text), null, out _));

    [Fact]
    public async Task Append_CancelledInLine_ReturnsWhenWhatIsInLineIsStoredAndReadsItsMemoryNoMore()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("scores", shards: 2);
        using var hold = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        disk.BeforeFlush = _ =>
        {
            entered.TrySetResult();
            hold.Wait();
        };
        var big = Enumerable.Repeat(Entry(new byte[512 << 10], shard: 1), 8).ToArray();
        var fill = Enumerable.Range(0, 10).Select(_ => lake.PutAsync("scores", big)).ToList();
        await entered.Task;

        var data = Encoding.ASCII.GetBytes("first");
        var entries = new[] { Entry(data, shard: 0), big[0], big[0], big[0], big[0], big[0], big[0], big[0], big[0] };
        var outcomes = new AppendOutcome[entries.Length];
        using var stop = new CancellationTokenSource();
        var append = lake.Streams.AppendAsync("scores", entries, outcomes, stop.Token).AsTask();
        await stop.CancelAsync();
        Assert.False(append.IsCompleted);
        hold.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        data.AsSpan().Fill((byte)'x');
        Array.Clear(entries);
        await Task.WhenAll(fill);
        await lake.PutAsync("scores", [Entry("second"u8.ToArray(), shard: 0)]);

        Assert.Equal(["first", "second"], await lake.TextsAsync("scores"));
        var read = await lake.ReadAsync("scores", SequenceNumber.Zero, Shard1, bytesMax: int.MaxValue);
        Assert.Equal(80, read.Records.Count);
        Assert.All(outcomes, outcome => Assert.Equal(default, outcome));
    }

    [Fact]
    public async Task Append_AfterFailedWrites_BuffersAreNotShared()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        var stream = await lake.CreateAsync("scores", shards: 2);
        for (var round = 0; round < 20; round++)
        {
            disk.OnWrite = new IOException("no space left on device");
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => lake.PutAsync("scores", Texts($"lost{i}"))));
            disk.OnWrite = null;
        }

        var calls = Enumerable.Range(0, 200).Select(i => $"kept{i}").ToList();
        var outcomes = await Task.WhenAll(calls.Select(call => Task.Run(() => lake.PutAsync("scores", Texts(call)))));

        Assert.All(outcomes.SelectMany(o => o), outcome => Assert.Null(outcome.Error));
        var read = new List<string>();
        foreach (var shard in stream.Shards)
        {
            read.AddRange(await lake.TextsAsync("scores", shard.ShardId));
        }

        Assert.Equal(
            calls.SelectMany(call => Texts(call)).Select(entry => Encoding.UTF8.GetString(entry.Data.Span)).Order(),
            read.Order());
    }

    [Fact]
    public async Task Release_BatchesReadAtOnce_AreNotMixed()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var entries = Enumerable.Range(0, 3000).Select(i => Lake.Entry($"record {i}")).ToArray();
        var numbers = (await lake.PutAsync("scores", entries)).Select(outcome => outcome.SequenceNumber).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(reader => Task.Run(async () =>
        {
            for (var i = reader; i < 2800; i += 97)
            {
                var batch = await lake.ReadAsync("scores", numbers[i], recordsMax: 1 + (i % 150));
                Assert.Equal(
                    Enumerable.Range(i, batch.Records.Count).Select(n => $"record {n}"),
                    batch.Records.Select(Lake.Text));
                batch.Release();
                Assert.Empty(batch.Records);
            }
        })));
    }

    private static StreamEntry[] Texts(string call) =>
        [.. Enumerable.Range(0, 30).Select(i => Lake.Entry($"{call}/{i}/{new string('.', i * 7)}", $"key{i}"))];

    private static StreamEntry Entry(byte[] data, int shard) =>
        new("k"u8.ToArray(), data, shard == 0 ? UInt128.Zero : UInt128.MaxValue);

    private static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
