using System.Text.Json;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Formats.Compression;

namespace Tarn.Delivery.Tests.Checkpoints;

/// <summary>Resources written by version 1 are read, and what is written now has the same form.</summary>
public sealed class StoredFormTests
{
    [Fact]
    public void Delivery_OfVersion1_BecomesTheLakesLayout()
    {
        var resource = JsonSerializer
            .Deserialize(Read("v1", "delivery.json"), DeliveryJson.Default.DeliveryResource)!
            .Upgrade();

        Assert.Equal("scores-to-lake", resource.Delivery!.Name);
        Assert.Equal(1, resource.Version);
        Assert.Equal(new DeliverySource.FromStream("scores"), resource.Delivery.Source);
        var objects = Assert.IsType<ObjectDestination>(resource.Delivery.Destination);
        Assert.Equal(new TableTarget("raw", "scores"), objects.Table);
        Assert.Equal(RecordForm.JsonLines, objects.Form);
        Assert.StartsWith("raw/scores/year=!{timestamp:yyyy}/", objects.Output.Prefix, StringComparison.Ordinal);
        Assert.Equal(CompressionFormat.Zstd, objects.Output.Compression);
        Assert.Equal((15, 2_097_152), (objects.Output.BufferSeconds, objects.Output.BufferBytesMax));
    }

    [Fact]
    public void Checkpoint_OfVersion1_IsReadWithItsPlan()
    {
        var checkpoint = JsonSerializer
            .Deserialize(Read("v1", "delivery-checkpoint.json"), DeliveryJson.Default.ShardCheckpoint)!;

        Assert.Equal(1864440000000000123UL, checkpoint.Next);
        Assert.Equal(8, checkpoint.Plan!.Records);
        Assert.EndsWith(".json.gz", checkpoint.Plan.DataObject, StringComparison.Ordinal);
        Assert.Null(checkpoint.Batch);
    }

    [Fact]
    public void Delivery_OfVersion2_IsReadAndWrittenTheSame()
    {
        var json = Read("v2", "delivery.json");

        var resource = JsonSerializer.Deserialize(json, DeliveryJson.Default.DeliveryResource)!;

        var objects = Assert.IsType<ObjectDestination>(resource.Delivery!.Destination);
        Assert.Equal([typeof(DecompressStep), typeof(LambdaStep)], objects.Steps.Select(step => step.GetType()));
        Assert.IsType<HiveJsonSerDe>(objects.Conversion!.Input);
        Assert.Equal("Asia/Kolkata", objects.Output.TimeZone);
        Assert.Equal("games", resource.Tags!["team"]);
        Assert.Equal(json, JsonSerializer.Serialize(resource, DeliveryJson.Default.DeliveryResource));
    }

    [Fact]
    public void Checkpoint_OfVersion2_IsReadAndWrittenTheSame()
    {
        var json = Read("v2", "delivery-checkpoint.json");

        var checkpoint = JsonSerializer.Deserialize(json, DeliveryJson.Default.ShardCheckpoint)!;

        Assert.Equal(1864440000000000131UL, checkpoint.Batch!.Last);
        Assert.Equal([OutputKind.Failures, OutputKind.Data], checkpoint.Batch.Outputs.Select(output => output.Kind));
        Assert.Equal(["2026", "11", "23", "04"], checkpoint.Batch.Outputs[1].Partition);
        Assert.Equal("bigint", checkpoint.UnknownMembers!["combo"]);
        Assert.Equal(json, JsonSerializer.Serialize(checkpoint, DeliveryJson.Default.ShardCheckpoint));
    }

    [Fact]
    public void Delivery_WithAMemberOfALaterVersion_IsRefused() => Assert.Throws<JsonException>(() =>
        JsonSerializer.Deserialize("""{"streamId":"x","colour":"red"}""", DeliveryJson.Default.ShardCheckpoint));

    [Fact]
    public void Advance_OnlyFailures_MovesWithoutAnObject()
    {
        var json = Read("v2", "delivery-checkpoint.json");
        var before = JsonSerializer.Deserialize(json, DeliveryJson.Default.ShardCheckpoint)!;
        var now = new DateTimeOffset(2026, 11, 23, 4, 2, 0, TimeSpan.Zero);
        var outcome = BatchOutcome.Of([before.Batch!.Outputs[0]], new Dictionary<string, string>());

        var after = CheckpointRule.Advance(before, before.Batch!, outcome, now);

        Assert.Equal(
            before with
            {
                Next = 1864440000000000132,
                BadRecords = before.BadRecords + before.Batch!.Outputs[0].Records,
                LastDeliveredAt = now,
                Batch = null,
            },
            after);
    }

    private static string Read(string version, string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", version, file)).TrimEnd();
}
