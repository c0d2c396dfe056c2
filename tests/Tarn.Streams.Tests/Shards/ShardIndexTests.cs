using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Shards;

public sealed class ShardIndexTests
{
    private const int SecondCount = 400;
    private const int SegmentBytes = 512 << 10;
    private const int BatchBytes = 10_000;

    [Fact]
    public async Task Open_ManyClosedSegments_ReadsOnlyTheirHeaders()
    {
        var disk = new CountingDisk();
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, disk));
        await FillAsync(lake);
        var segments = lake.Segments("scores");
        await lake.StopAsync();
        disk.Forget();

        await lake.StartAsync();

        Assert.InRange(segments.Length, 7, 9);
        Assert.All(disk.Reads.Where(read => read.Path != segments[^1]), read => Assert.Equal(64, read.Bytes));
        Assert.Equal(segments.Length, disk.Reads.Select(read => read.Path).Distinct().Count());
        var last = new FileInfo(segments[^1]).Length;
        Assert.InRange(disk.BytesRead, last, last + (64 * segments.Length));
    }

    [Fact]
    public async Task Resolve_AtTimeAfterRestart_ReadsOneIndexAndOneStretchOfHeaders()
    {
        var disk = new CountingDisk();
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, disk));
        var (start, numbers) = await FillAsync(lake);
        await lake.RestartAsync();

        for (var second = 0; second < SecondCount; second += 13)
        {
            disk.Forget();
            GC.Collect();
            var found = await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(second)));

            Assert.Equal(numbers[second], found);
            Assert.InRange(disk.BytesRead, 1, 4096 + SparseIndex.BytesBetween + (2 * BatchBytes) + (16 << 10));
            Assert.InRange(disk.Opened.Count, 0, 2);
        }
    }

    [Fact]
    public async Task Read_AtNumberAfterRestart_ReadsOneIndexAndOneStretchOfTheSegment()
    {
        var disk = new CountingDisk();
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, disk));
        var (_, numbers) = await FillAsync(lake);
        await lake.RestartAsync();

        for (var second = 0; second < SecondCount; second += 13)
        {
            disk.Forget();
            var batch = await lake.ReadAsync("scores", numbers[second], recordsMax: 1, bytesMax: 1);

            Assert.Equal(numbers[second], batch.Records.Single().SequenceNumber);
            Assert.InRange(disk.BytesRead, 1, 4096 + SparseIndex.BytesBetween + (3 * BatchBytes));
        }
    }

    [Fact]
    public async Task Read_AtTheTipWithNothingNew_TouchesNoFile()
    {
        var disk = new CountingDisk();
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, disk));
        await FillAsync(lake);
        await lake.RestartAsync();
        disk.Forget();

        var tip = await lake.ResolveAsync("scores", new StartPosition.Latest());
        for (var i = 0; i < 10; i++)
        {
            Assert.Empty((await lake.ReadAsync("scores", tip)).Records);
        }

        Assert.Empty(disk.Opened);
        Assert.Empty(disk.Reads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_NearTheTip_ReadsNothingButTheBatch(bool reopened)
    {
        var disk = new CountingDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("scores");
        var numbers = new List<SequenceNumber>();
        for (var i = 0; i < RecentBatches.CountMin * 3; i++)
        {
            numbers.Add((await lake.PutAsync("scores", "small")).SequenceNumber);
        }

        if (reopened)
        {
            await lake.RestartAsync();
        }

        disk.Forget();
        var size = BatchHeader.Size + RecordFrame.Size("k".Length, "small".Length);
        for (var back = 1; back <= RecentBatches.CountMin; back++)
        {
            disk.Forget();
            var batch = await lake.ReadAsync("scores", numbers[^back]);
            Assert.Equal(back, batch.Records.Count);
            Assert.Equal(back * size, disk.BytesRead);
        }
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("torn")]
    [InlineData("flipped")]
    [InlineData("of a shorter segment")]
    [InlineData("of another segment")]
    public async Task Open_IndexNotUsable_IsMadeAgainFromTheSegment(string how)
    {
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, new CountingDisk()));
        var (start, numbers) = await FillAsync(lake);
        var indexes = lake.Indexes("scores");
        var good = indexes.Select(File.ReadAllBytes).ToArray();
        await lake.StopAsync();
        for (var i = 0; i < indexes.Length; i++)
        {
            Spoil(how, indexes[i], good[i], good[(i + 1) % good.Length], lake.Segments("scores")[i]);
        }

        await lake.StartAsync();

        for (var second = 0; second < SecondCount; second += 7)
        {
            var found = await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(second)));
            Assert.Equal(numbers[second], found);
        }

        Assert.Equal(indexes, lake.Indexes("scores"));
        Assert.Equal(good, indexes.Select(File.ReadAllBytes));
        Assert.Empty(lake.Damages.All);
    }

    [Fact]
    public async Task Roll_IndexCannotBeWritten_IsKeptInMemoryAndMadeAfterRestart()
    {
        var disk = new FaultyDisk
        {
            OnCreate = new IOException("No space left on device"), OnCreateOf = SegmentIndexFile.Extension,
        };
        await using var lake = await Lake.OpenAsync(lake => Arrange(lake, disk));
        var (start, numbers) = await FillAsync(lake);
        Assert.Empty(lake.Indexes("scores"));
        Assert.Equal(numbers[9], await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(9))));

        await lake.RestartAsync();
        Assert.Equal(numbers[9], await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(9))));
        Assert.Empty(lake.Indexes("scores"));
        disk.OnCreate = null;
        await lake.RestartAsync();
        Assert.Equal(numbers[9], await lake.ResolveAsync("scores", new StartPosition.AtTime(start.AddSeconds(9))));
        Assert.Single(lake.Indexes("scores"));
    }

    [Fact]
    public async Task Trim_SegmentsGo_TheirIndexesGoToo()
    {
        await using var lake = await Lake.OpenAsync(lake => lake.Options = lake.Options with { SegmentBytesMax = 1 });
        await lake.CreateAsync("scores");
        for (var hour = 0; hour < 30; hour++)
        {
            await lake.PutAsync("scores", $"hour {hour}");
            lake.Clock.Advance(TimeSpan.FromHours(1));
        }

        await lake.TrimAsync("scores");

        Assert.Equal(
            lake.Segments("scores")[..^1].Select(SegmentIndexFile.PathOf), lake.Indexes("scores"));
    }

    [Fact]
    public async Task Open_IndexWithoutItsSegment_IsRemoved()
    {
        await using var lake = await Lake.OpenAsync(lake => lake.Options = lake.Options with { SegmentBytesMax = 1 });
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "one");
        await lake.PutAsync("scores", "two");
        var index = lake.Indexes("scores").Single();
        await lake.StopAsync();
        File.Copy(index, Path.Combine(Path.GetDirectoryName(index)!, $"{7:D20}{SegmentIndexFile.Extension}"));

        await lake.StartAsync();

        Assert.Equal([index], lake.Indexes("scores"));
    }

    private static void Arrange(Lake lake, ISegmentDisk disk)
    {
        lake.Disk = disk;
        lake.Options = lake.Options with { SegmentBytesMax = SegmentBytes };
    }

    private static void Spoil(string how, string path, byte[] good, byte[] other, string segment)
    {
        var flipped = good.ToArray();
        flipped[^3] ^= 1;
        var shorter = SegmentIndexFile.Read(good, new FileInfo(segment).Length, SaltOf(segment))!;
        File.Delete(path);
        if (how != "missing")
        {
            File.WriteAllBytes(path, how switch
            {
                "empty" => [],
                "torn" => good[..^1],
                "flipped" => flipped,
                "of another segment" => other,
                _ => SegmentIndexFile.Write(shorter, new FileInfo(segment).Length - 1, SaltOf(segment)),
            });
        }
    }

    private static uint SaltOf(string segment)
    {
        var shard = Path.GetDirectoryName(segment)!;
        var stream = Guid.ParseExact(Path.GetFileName(Path.GetDirectoryName(shard)!), "N");
        return SegmentId.FromFileName(stream, 0, Path.GetFileName(segment))!.Value.Salt;
    }

    /// <summary>A batch a second, each of ten records; returns the first number of each.</summary>
    private static async Task<(DateTimeOffset Start, List<SequenceNumber> Numbers)> FillAsync(Lake lake)
    {
        await lake.CreateAsync("scores");
        var start = lake.Clock.GetUtcNow();
        var numbers = new List<SequenceNumber>();
        for (var second = 0; second < SecondCount; second++)
        {
            var outcomes = await lake.PutAsync(
                "scores", [.. Enumerable.Range(0, 10).Select(i => Lake.Entry($"{second}.{i}".PadRight(980)))]);
            numbers.Add(outcomes[0].SequenceNumber);
            lake.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return (start, numbers);
    }
}
