using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;

namespace Tarn.Streams.Tests.Resharding;

/// <summary>
/// The resources of streams and consumers as they were first written with resharding, and damaged ones.
/// </summary>
public sealed class ReshardedFormatTests
{
    private const string Shard1 = "shardId-000000000001";
    private const string Shard4 = "shardId-000000000004";

    [Fact]
    public async Task Start_StreamOfVersion2_HasItsSettingsLineageAndConsumers()
    {
        await using var lake = await Lake.OpenAsync(Place);

        var stream = lake.Streams.Find("scores")!;
        Assert.Equal(
            (48, 2 << 20, StreamDurability.OperatingSystem, StreamRates.Aws, new StreamFaults(0.25, 40)),
            (stream.Spec.RetentionHours, stream.Spec.RecordBytesMax, stream.Spec.Durability, stream.Spec.Rates,
                stream.Spec.Faults));
        Assert.Equal(
            EnhancedMetrics.IncomingBytes | EnhancedMetrics.OutgoingRecords, stream.Spec.EnhancedMetrics);
        Assert.Equal([KeyValuePair.Create("team", "games")], stream.Spec.Tags);
        Assert.Equal([true, true, false, true, false], stream.Shards.Select(shard => shard.ClosedAt is not null));
        Assert.Equal(
            [null, null, Lake.Shard0, Lake.Shard0, "shardId-000000000003"],
            stream.Shards.Select(shard => shard.ParentShardId));
        Assert.Equal(Shard1, stream.Shards[4].AdjacentParentShardId);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 2, 0, TimeSpan.Zero), stream.Shards[4].OpenedAt);
        Assert.Equal(new SequenceNumber(1858460870246400001), stream.Shards[0].EndingSequenceNumber);
        Assert.Equal(["low", "high", "merged"], [
            .. await lake.TextsAsync("scores"), .. await lake.TextsAsync("scores", Shard1),
            .. await lake.TextsAsync("scores", Shard4)]);
        Assert.True((await lake.ReadAsync("scores", SequenceNumber.Zero)).ShardEnded);
        var consumer = Assert.Single(lake.Consumers.List("scores"));
        Assert.Equal(
            ("board", new DateTimeOffset(2026, 3, 1, 12, 2, 0, TimeSpan.Zero)), (consumer.Name, consumer.CreatedAt));
        Assert.Equal([KeyValuePair.Create("a", "b")], consumer.Tags);
        Assert.Empty(lake.Damages.All);
    }

    [Theory]
    [InlineData("\"parent\":0,", "\"parent\":0,\"weight\":3,")]
    [InlineData("\"parent\":3,", "\"parent\":-3,")]
    [InlineData(
        "\"hash_to\":\"170141183460469231731687303715884105727\"",
        "\"hash_to\":170141183460469231731687303715884105727")]
    [InlineData(
        "\"hash_to\":\"340282366920938463463374607431768211455\"",
        "\"hash_to\":\"340282366920938463463374607431768211456\"")]
    [InlineData("\"sequence_to\":\"1858460870246400001\"", "\"sequence_to\":\"-1\"")]
    [InlineData("\"number\":2", "\"number\":1")]
    [InlineData(
        "\"hash_from\":\"85070591730234615865843651857942052864\"",
        "\"hash_from\":\"85070591730234615865843651857942052865\"")]
    [InlineData(
        "\"hash_to\":\"85070591730234615865843651857942052863\"",
        "\"hash_to\":\"85070591730234615865843651857942052864\"")]
    [InlineData("\"parent\":3,", "\"parent\":3,\"sequence_to\":\"1858460870246400009\",")]
    [InlineData("\"rates\":\"Aws\"", "\"rates\":\"Slow\"")]
    public async Task Start_DefinitionThatCannotBe_IsDamagedByName(string found, string instead)
    {
        var spec = await File.ReadAllTextAsync(Path.Combine(Folder, "stream.json"));
        Assert.Contains(found, spec, StringComparison.Ordinal);
        await using var lake = await Lake.OpenAsync(Place);
        await lake.StopAsync();
        await lake.Fake.ApplyAsync(
            [MetadataChange.Put("stream", "scores", spec.Replace(found, instead, StringComparison.Ordinal))],
            CancellationToken.None);

        var error = await Assert.ThrowsAsync<TarnException>(lake.StartAsync);

        Assert.Equal(ErrorKind.Damaged, error.Kind);
        Assert.Contains("'scores'", error.Message, StringComparison.Ordinal);
        await lake.Fake.ApplyAsync([MetadataChange.Put("stream", "scores", spec)], CancellationToken.None);
        await lake.StartAsync();
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "testdata", "v2");

    private static void Place(Lake lake)
    {
        foreach (var (kind, name, file) in new[]
        {
            ("stream", "scores", "stream.json"), ("stream-consumer", "scores/board", "consumer.json"),
        })
        {
            var spec = File.ReadAllText(Path.Combine(Folder, file));
            lake.Fake.ApplyAsync([MetadataChange.Create(kind, name, spec)], CancellationToken.None).Wait();
        }

        var stream = Directory.GetDirectories(Folder).Single();
        for (var shard = 0; shard <= 4; shard++)
        {
            var folder = Path.Combine(
                lake.Options.Directory, Path.GetFileName(stream), $"shardId-{shard:D12}");
            Directory.CreateDirectory(folder);
            var from = Path.Combine(stream, Path.GetFileName(folder));
            foreach (var file in Directory.Exists(from) ? Directory.GetFiles(from) : [])
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }
    }
}
