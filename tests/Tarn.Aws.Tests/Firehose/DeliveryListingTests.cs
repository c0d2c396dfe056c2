using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Delivery;

namespace Tarn.Aws.Tests.Firehose;

/// <summary>Listing delivery streams, and what a restart leaves of them.</summary>
public sealed class DeliveryListingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task ListDeliveryStreams_PagesAndTypes_AreInOrder()
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "list", ["ShardCount"] = 1 });
        foreach (var i in Enumerable.Range(0, 11))
        {
            var request = DeliveryStreamTests.Request($"list-{i:00}", []);
            if (i % 2 == 1)
            {
                request["DeliveryStreamType"] = "KinesisStreamAsSource";
                request["KinesisStreamSourceConfiguration"] = new JsonObject
                {
                    ["KinesisStreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/list",
                    ["RoleARN"] = "arn:aws:iam::000000000000:role/r",
                };
            }

            (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();
        }

        var first = await ListAsync("{}");
        var rest = await ListAsync($$"""{"ExclusiveStartDeliveryStreamName": "{{first.Names[^1]}}"}""");
        var direct = await ListAsync("""{"DeliveryStreamType": "DirectPut", "Limit": 100}""");
        var fromStream = await ListAsync("""{"DeliveryStreamType": "KinesisStreamAsSource", "Limit": 2}""");
        var none = await ListAsync("""{"DeliveryStreamType": "MSKAsSource"}""");

        Assert.Equal((10, true), (first.Names.Count, first.HasMore));
        Assert.Equal(["list-10"], rest.Names);
        Assert.False(rest.HasMore);
        Assert.Equal(["list-00", "list-02", "list-04", "list-06", "list-08", "list-10"], direct.Names);
        Assert.Equal(["list-01", "list-03"], fromStream.Names);
        Assert.True(fromStream.HasMore);
        Assert.Empty(none.Names);
    }

    [Fact]
    public async Task Restart_DeliveryStream_IsDescribedAsBefore()
    {
        await using var own = new OwnScene();
        await own.Scene.InitializeAsync();
        var settings = JsonNode.Parse("""{"Prefix": "kept/", "FileExtension": ".txt"}""")!.AsObject();
        (await own.Scene.FirehoseAsync("CreateDeliveryStream", DeliveryStreamTests.Request("kept", settings))).Ok();
        var before = await DescribeAsync(own.Scene);

        await own.Scene.RestartAsync();

        Assert.Equal(before, await DescribeAsync(own.Scene));
    }

    [Fact]
    public async Task DescribeDeliveryStream_OneThatNoRequestMade_IsToldInFirehosesForm()
    {
        await scene.Engine<IDeliveryStreams>().PutAsync(
            new DeliverySpec
            {
                Name = "z-from-file",
                Source = new DeliverySource.DirectPut(),
                Destination = new ObjectDestination
                {
                    Output = new ObjectOutput
                    {
                        Bucket = "lake", Prefix = "f/", Compression = Formats.Compression.CompressionFormat.Zstd,
                    },
                    Steps = [new DelimiterStep()],
                },
            },
            default);

        var s3 = JsonNode.Parse(await DescribeAsync(scene, "z-from-file"))![
            "DeliveryStreamDescription"]!["Destinations"]![0]!["ExtendedS3DestinationDescription"]!;
        Assert.Equal(
            ("f/", "ZSTD", "AppendDelimiterToRecord"),
            ((string)s3["Prefix"]!, (string)s3["CompressionFormat"]!,
                (string)s3["ProcessingConfiguration"]!["Processors"]![0]!["Type"]!));
    }

    private static async Task<string> DescribeAsync(AwsScene scene, string name = "kept") =>
        (await scene.FirehoseAsync(
            "DescribeDeliveryStream", new JsonObject { ["DeliveryStreamName"] = name })).Ok().Text;

    private async Task<(List<string> Names, bool HasMore)> ListAsync(string input)
    {
        var answer = (await scene.FirehoseAsync("ListDeliveryStreams", JsonNode.Parse(input)!)).Ok().Json;
        var names = answer["DeliveryStreamNames"]!.AsArray().Select(name => (string)name!)
            .Where(name => name.StartsWith("list-", StringComparison.Ordinal));
        return ([.. names], (bool)answer["HasMoreDeliveryStreams"]!);
    }

    private sealed class OwnScene : IAsyncDisposable
    {
        public AwsScene Scene { get; } = new();

        public async ValueTask DisposeAsync() => await Scene.DisposeAsync();
    }
}
