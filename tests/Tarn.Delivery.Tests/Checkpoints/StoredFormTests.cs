using System.Text.Json;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Formats.Compression;

namespace Tarn.Delivery.Tests.Checkpoints;

/// <summary>Resources written by version 1 are read, and what is written now has the same form.</summary>
public sealed class StoredFormTests
{
    [Fact]
    public void Delivery_OfVersion1_IsReadAndWrittenTheSame()
    {
        var json = Read("delivery.json");

        var resource = JsonSerializer.Deserialize(json, DeliveryJson.Default.DeliveryResource)!;

        Assert.Equal("scores-to-lake", resource.Spec.Name);
        Assert.Equal(CompressionFormat.Zstd, resource.Spec.Compression);
        Assert.Equal(15, resource.Spec.BufferSeconds);
        Assert.Equal(2_097_152, resource.Spec.BufferBytesMax);
        Assert.Equal(json, JsonSerializer.Serialize(resource, DeliveryJson.Default.DeliveryResource));
    }

    [Fact]
    public void Checkpoint_OfVersion1_IsReadAndWrittenTheSame()
    {
        var json = Read("delivery-checkpoint.json");

        var checkpoint = JsonSerializer.Deserialize(json, DeliveryJson.Default.ShardCheckpoint)!;

        Assert.Equal(1864440000000000123UL, checkpoint.Next);
        Assert.Equal(8, checkpoint.Plan!.Records);
        Assert.Equal(["2026", "11", "23", "04"], checkpoint.Plan.Partition);
        Assert.Equal(json, JsonSerializer.Serialize(checkpoint, DeliveryJson.Default.ShardCheckpoint));
    }

    [Fact]
    public void Delivery_WithAMemberOfALaterVersion_IsRefused() => Assert.Throws<JsonException>(() =>
        JsonSerializer.Deserialize("""{"streamId":"x","colour":"red"}""", DeliveryJson.Default.ShardCheckpoint));

    [Fact]
    public void Advance_OnlyBadRecords_MovesWithoutAnObject()
    {
        var json = Read("delivery-checkpoint.json");
        var before = JsonSerializer.Deserialize(json, DeliveryJson.Default.ShardCheckpoint)!;
        var now = new DateTimeOffset(2026, 11, 23, 4, 2, 0, TimeSpan.Zero);

        var after = CheckpointRule.Advance(before, before.Plan!, new BatchOutcome(0, 8, 0), now);

        Assert.Equal(
            before with { Next = 1864440000000000131, BadRecords = 10, LastDeliveredAt = now, Plan = null }, after);
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", file)).TrimEnd();
}
