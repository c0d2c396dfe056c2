using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Shards;

public sealed class ShardRecoveryTests
{
    public enum Tail
    {
        Nothing,
        Zeros,
        Noise,
    }

    [Theory]
    [InlineData(Tail.Nothing, StreamDurability.Disk)]
    [InlineData(Tail.Zeros, StreamDurability.Disk)]
    [InlineData(Tail.Noise, StreamDurability.Disk)]
    [InlineData(Tail.Nothing, StreamDurability.OperatingSystem)]
    [InlineData(Tail.Zeros, StreamDurability.OperatingSystem)]
    public async Task Open_TornAtEveryByteOfTheLastBatch_KeepsAllBeforeAndGoesOn(
        Tail tail, StreamDurability durability)
    {
        await using var lake = await Lake.OpenAsync(
            lake => lake.Options = lake.Options with { CommitThreads = 1 });
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", Durability = durability }, CancellationToken.None);
        await lake.PutAsync("scores", "one");
        await lake.PutAsync("scores", "two");
        var file = lake.Segments("scores")[0];
        var torn = new FileInfo(file).Length;
        var lost = await lake.PutAsync("scores", [Lake.Entry("three"), Lake.Entry("four")]);
        await lake.StopAsync();
        var whole = await File.ReadAllBytesAsync(file);

        for (var cut = (int)torn; cut < whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(file, [.. whole[..cut], .. Rest(tail, whole.Length - cut)]);
            await lake.StartAsync();
            Assert.Equal(["one", "two"], await lake.TextsAsync("scores"));
            Assert.Equal(torn, new FileInfo(file).Length);
            var next = await lake.PutAsync("scores", "five");
            var leavesNoTrace = cut == torn && tail == Tail.Nothing && durability == StreamDurability.Disk;
            Assert.True(leavesNoTrace || next.SequenceNumber > lost[^1].SequenceNumber);
            await lake.RestartAsync();
            Assert.Equal(["one", "two", "five"], await lake.TextsAsync("scores"));
            Assert.Empty(lake.Damages.All);
            await lake.StopAsync();
        }

        await File.WriteAllBytesAsync(file, whole);
        await lake.StartAsync();
        Assert.Equal(["one", "two", "three", "four"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Open_TornTail_IsReportedWithFileAndOffset()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "one");
        var file = lake.Segments("scores")[0];
        var length = new FileInfo(file).Length;
        await lake.StopAsync();
        await File.AppendAllTextAsync(file, "TBAT and then the power went");

        await lake.StartAsync();

        Assert.Equal([new Damage(file, length, 28, DamageFate.TornTail)], lake.Damages.All);
    }

    [Fact]
    public async Task Open_BitFlippedInEachByteOfAMiddleBatch_IsReportedAndTheRestServed()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var file = "";
        var ends = new List<int>();
        foreach (var text in new[] { "one", "two", "three" })
        {
            await lake.PutAsync("scores", text);
            file = lake.Segments("scores")[0];
            ends.Add((int)new FileInfo(file).Length);
        }

        await lake.StopAsync();
        var whole = await File.ReadAllBytesAsync(file);
        for (var at = ends[0]; at < ends[1]; at++)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 0x10;
            await File.WriteAllBytesAsync(file, flipped);
            await lake.StartAsync();

            Assert.Equal(["one", "three"], await lake.TextsAsync("scores"));
            Assert.Equal([new Damage(file, ends[0], ends[1] - ends[0], DamageFate.SteppedOver)], lake.Damages.All);
            Assert.Equal(whole.Length, new FileInfo(file).Length);
            await lake.StopAsync();
        }

        await lake.StartAsync();
    }

    [Fact]
    public async Task Read_BitFlippedInAClosedSegment_IsReportedAndTheRestServed()
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { SegmentBytesMax = 150 });
        await lake.CreateAsync("scores");
        foreach (var text in new[] { "one", "two", "three", "four", "five" })
        {
            await lake.PutAsync("scores", text);
        }

        var file = lake.Segments("scores")[0];
        await lake.StopAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[SegmentHeader.Size + BatchHeader.Size + 8] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await lake.StartAsync();

        Assert.True(lake.Segments("scores").Length > 1);
        Assert.Equal(["two", "three", "four", "five"], await lake.TextsAsync("scores"));
        await lake.TextsAsync("scores");
        Assert.Equal(
            [new Damage(file, SegmentHeader.Size, BatchHeader.Size + 10, DamageFate.SteppedOver)], lake.Damages.All);
    }

    [Fact]
    public async Task Open_HeaderOfASegmentDamaged_IsReportedAndItsBatchesServed()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "one");
        var file = lake.Segments("scores")[0];
        await lake.StopAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[50] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        await lake.StartAsync();

        Assert.Equal([new Damage(file, 0, SegmentHeader.Size, DamageFate.SteppedOver)], lake.Damages.All);
        Assert.Equal(["one"], await lake.TextsAsync("scores"));
        await lake.PutAsync("scores", "two");
        await lake.RestartAsync();
        Assert.Equal(["one", "two"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Open_StoppedWhileASegmentWasBegun_GoesOnInTheOneBefore()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var last = await lake.PutAsync("scores", "one");
        var file = lake.Segments("scores")[0];
        await lake.StopAsync();
        var begun = Path.Combine(
            Path.GetDirectoryName(file)!, $"{last.SequenceNumber.Next.Value:D20}{SegmentId.Extension}");
        for (var length = 0; length <= SegmentHeader.Size; length++)
        {
            await File.WriteAllBytesAsync(begun, new byte[length]);
            await lake.StartAsync();
            Assert.Equal([file], lake.Segments("scores"));
            Assert.Equal(["one"], await lake.TextsAsync("scores"));
            await lake.StopAsync();
        }

        await lake.StartAsync();
        await lake.PutAsync("scores", "two");
        Assert.Equal(["one", "two"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Open_PayloadHoldsASegment_IsNotTakenForBatches()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.CreateAsync("copies");
        await lake.PutAsync("scores", "one");
        var inner = await File.ReadAllBytesAsync(lake.Segments("scores")[0]);
        await lake.PutAsync("copies", "first");
        await lake.PutAsync("copies", [new Records.StreamEntry("k"u8.ToArray(), inner)]);
        var file = lake.Segments("copies")[0];
        await lake.StopAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length - inner.Length - 1 - RecordFrame.Overhead - BatchHeader.Size] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        await lake.StartAsync();

        Assert.Equal(["first"], await lake.TextsAsync("copies"));
        Assert.Equal(DamageFate.TornTail, lake.Damages.All.Single().Fate);
    }

    [Fact]
    public async Task Open_LaterVersion_IsRefusedByName()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "one");
        var file = lake.Segments("scores")[0];
        await lake.StopAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[8]++;
        await File.WriteAllBytesAsync(file, bytes);

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.StartAsync());

        Assert.Equal(ErrorKind.Unsupported, error.Kind);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        bytes[8]--;
        await File.WriteAllBytesAsync(file, bytes);
        await lake.StartAsync();
    }

    [Fact]
    public async Task Open_CopyTakenWhileWriting_HoldsAllThatWasAcknowledgedBefore()
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { SegmentBytesMax = 16 << 10 });
        await lake.CreateAsync("scores");
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var writer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await lake.PutAsync("scores", $"{acknowledged}");
                Volatile.Write(ref acknowledged, acknowledged + 1);
            }
        });

        for (var round = 0; round < 10; round++)
        {
            await lake.Streams.WaitAsync(
                "scores", Lake.Shard0, await lake.ResolveAsync("scores", new Records.StartPosition.Latest()), default);
            var before = Volatile.Read(ref acknowledged);
            await using var copy = await Lake.OpenAsync(copy =>
            {
                copy.Store = lake.Fake;
                CopyOldestFirst(lake.Options.Directory, copy.Options.Directory);
            });
            var texts = await copy.TextsAsync("scores");
            Assert.Equal(Enumerable.Range(0, texts.Count).Select(i => $"{i}"), texts);
            Assert.True(texts.Count >= before, $"{texts.Count} of {before}");
        }

        await stop.CancelAsync();
        await writer;
    }

    private static byte[] Rest(Tail tail, int length) => tail switch
    {
        Tail.Nothing => [],
        Tail.Zeros => new byte[length + 5000],
        _ => [.. Enumerable.Range(0, length + 70_000).Select(i => (byte)(i * 31))],
    };

    private static void CopyOldestFirst(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Order())
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
