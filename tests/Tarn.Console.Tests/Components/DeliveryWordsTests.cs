using Tarn.Console.Components;
using Tarn.Delivery;

namespace Tarn.Console.Tests.Components;

public sealed class DeliveryWordsTests
{
    [Fact]
    public void Words_OfALakeTable_SaySourceTargetAndSettings()
    {
        var words = Of(
            new DeliverySource.FromStream("scores"),
            LakeLayout.Of(new TableTarget("raw", "scores")) with
            {
                EventTime = new EventTime("played_at", "epoch_ms"),
                Steps = [new DecompressStep(), new MetadataStep { Query = "{a: .a}" }],
                Backup = new ObjectOutput { Bucket = "safe", Prefix = "source/" },
            });

        Assert.Equal(("stream scores", "table raw.scores", "object"), (words.Source, words.Target, words.Unit));
        Assert.Contains(("Records", "JSON lines"), words.Settings);
        Assert.Contains(("Compression", "gzip"), words.Settings);
        Assert.Contains(("Batch", "after 60 s or 64 MiB"), words.Settings);
        Assert.Contains(("Time", "member played_at, epoch_ms"), words.Settings);
        Assert.Contains(("Step", "keys: {a: .a}"), words.Settings);
        Assert.Contains(("Backup", "as they came, to s3://safe/source/, none"), words.Settings);
    }

    [Fact]
    public void Words_OfAnEndpoint_LeaveItsKeyOut()
    {
        var words = Of(new DeliverySource.DirectPut(), new EndpointDestination
        {
            Url = "https://collector.example/",
            AccessKey = "secret",
            Gzip = true,
            Output = new ObjectOutput { Bucket = "safe" },
        });

        Assert.Equal("put directly", words.Source);
        Assert.Equal(("https://collector.example/", "request"), (words.Target, words.Unit));
        Assert.Contains(("Request", "gzip, after 300 s or 5 MiB"), words.Settings);
        Assert.DoesNotContain(words.Settings, row => row.Text.Contains("secret", StringComparison.Ordinal));
    }

    private static DeliveryWords Of(DeliverySource source, DeliveryDestination destination) => new(
        new DeliveryStatus
        {
            Spec = new DeliverySpec { Name = "d", Source = source, Destination = destination },
        });
}
