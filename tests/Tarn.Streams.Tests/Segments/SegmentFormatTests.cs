using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Segments;

/// <summary>Files written by every version that ever was must open.</summary>
public sealed class SegmentFormatTests
{
    [Fact]
    public async Task Open_FilesOfVersion1_GiveTheirRecords()
    {
        await using var lake = await Lake.OpenAsync(lake => Place(lake, "v1"));

        var stream = Assert.Single(lake.Streams.List());
        var first = await lake.ReadAsync("scores", SequenceNumber.Zero);
        var second = await lake.ReadAsync("scores", SequenceNumber.Zero, "shardId-000000000001");

        Assert.Equal(
            ("scores", 48, false, 2),
            (stream.Name, stream.Spec.RetentionHours, stream.Spec.OnDemand, stream.Shards.Count));
        Assert.Equal(new SequenceNumber(1858460870246400000), stream.Shards[0].StartingSequenceNumber);
        Assert.Equal(["""{"user":"ada","score":7}""", "", "third"], first.Records.Select(Lake.Text));
        Assert.Equal(new SequenceNumber(1858460870246400002), first.Records[2].SequenceNumber);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero), first.Records[2].ArrivalTime);
        Assert.Equal("Zoë"u8.ToArray(), first.Records[1].PartitionKey.ToArray());
        Assert.Equal(["other shard"], second.Records.Select(Lake.Text));
        Assert.Empty(lake.Damages.All);
    }

    [Fact]
    public async Task Open_FileOfVersion2WithMarks_GivesThem()
    {
        await using var lake = await Lake.OpenAsync(lake => Place(lake, "marks-v2"));

        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);

        var producer = Guid.Parse("0195521a-55d0-7c11-a04b-6a6a3f6cb8a1");
        Assert.Equal(["""{"n":1}""", "plain", ""], read.Records.Select(Lake.Text));
        Assert.Equal(
            [new RecordMark(producer, 41), null, new RecordMark(producer, 42)],
            read.Records.Select(record => record.Mark));
        Assert.Empty(lake.Damages.All);
    }

    [Fact]
    public async Task Append_MarkedToAFileOfVersion1_MakesItVersion2_AndIsReadBack()
    {
        await using var lake = await Lake.OpenAsync(lake => Place(lake, "v1"));
        var mark = new RecordMark(Guid.Parse("0195521a-55d0-7c11-a04b-6a6a3f6cb8a1"), 7);
        StreamEntry[] entries =
        [
            new("k"u8.ToArray(), "marked"u8.ToArray(), ExplicitHashKey: 0) { Mark = mark },
            new("k"u8.ToArray(), "plain"u8.ToArray(), ExplicitHashKey: 0),
        ];

        await lake.Streams.AppendAsync("scores", entries, CancellationToken.None);
        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);
        var file = Directory.EnumerateFiles(lake.Options.Directory, "*.segment", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First();
        var bytes = await ReadSharedAsync(file);

        Assert.Equal([null, null, null, mark, null], read.Records.Select(record => record.Mark));
        Assert.Equal(["marked", "plain"], read.Records.Skip(3).Select(Lake.Text));
        Assert.Equal([2, 0], bytes[8..10]);
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static void Place(Lake lake, string version)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "testdata", version);
        var spec = File.ReadAllText(Path.Combine(from, "stream.json"));
        lake.Fake.ApplyAsync([MetadataChange.Create("stream", "scores", spec)], CancellationToken.None).Wait();
        foreach (var file in Directory.EnumerateFiles(from, "*.segment", SearchOption.AllDirectories))
        {
            var target = Path.Combine(lake.Options.Directory, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
