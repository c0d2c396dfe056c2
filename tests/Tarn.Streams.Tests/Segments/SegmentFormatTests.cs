using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;

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
