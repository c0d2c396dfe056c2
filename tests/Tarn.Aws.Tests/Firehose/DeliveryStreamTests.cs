using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Delivery;

namespace Tarn.Aws.Tests.Firehose;

/// <summary>Delivery streams over the wire: made, put into, described, changed, tagged, listed, deleted.</summary>
public sealed class DeliveryStreamTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutRecordBatch_AfterFlush_IsInTheBucket()
    {
        await CreateAsync("batch", new JsonObject { ["Prefix"] = "b/", ["CompressionFormat"] = "UNCOMPRESSED" });
        var put = (await PutBatchAsync("batch", "one\n", "two\n")).Ok().Json;

        Assert.Equal((0, false), ((int)put["FailedPutCount"]!, (bool)put["Encrypted"]!));
        var ids = put["RequestResponses"]!.AsArray().Select(row => (string)row!["RecordId"]!).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal("one\ntwo\n", await DeliveredAsync("batch", "b/"));
    }

    [Fact]
    public async Task PutRecord_One_IsAnsweredWithItsIdAndDelivered()
    {
        await CreateAsync("single", new JsonObject { ["Prefix"] = "s/" });
        var put = (await scene.FirehoseAsync("PutRecord", new JsonObject
        {
            ["DeliveryStreamName"] = "single", ["Record"] = new JsonObject { ["Data"] = Encode("only") },
        })).Ok().Json;

        Assert.StartsWith("shardId-000000000000-", (string)put["RecordId"]!, StringComparison.Ordinal);
        Assert.False((bool)put["Encrypted"]!);
        Assert.Equal("only", await DeliveredAsync("single", "s/"));
    }

    [Fact]
    public async Task DescribeDeliveryStream_OfLeastSettings_TellsAllThatHolds()
    {
        var arn = await CreateAsync("least", []);

        var stream = await DescribeAsync("least");
        Assert.Equal("arn:aws:firehose:us-east-1:000000000000:deliverystream/least", arn);
        Assert.Equal(arn, (string)stream["DeliveryStreamARN"]!);
        Assert.Equal(
            ("least", "ACTIVE", "DirectPut", "1", "DISABLED"),
            ((string)stream["DeliveryStreamName"]!, (string)stream["DeliveryStreamStatus"]!,
                (string)stream["DeliveryStreamType"]!, (string)stream["VersionId"]!,
                (string)stream["DeliveryStreamEncryptionConfiguration"]!["Status"]!));
        var destination = Assert.Single(stream["Destinations"]!.AsArray())!;
        Assert.Equal("destinationId-000000000001", (string)destination["DestinationId"]!);
        AssertJson(
            """
            {
              "RoleARN": "arn:aws:iam::000000000000:role/firehose", "BucketARN": "arn:aws:s3:::lake",
              "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300}, "CompressionFormat": "UNCOMPRESSED",
              "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"},
              "CloudWatchLoggingOptions": {"Enabled": false}, "S3BackupMode": "Disabled"
            }
            """,
            destination["ExtendedS3DestinationDescription"]!);
        Assert.Equal("arn:aws:s3:::lake", (string)destination["S3DestinationDescription"]!["BucketARN"]!);
        Assert.Null(destination["S3DestinationDescription"]!["S3BackupMode"]);
        Assert.Null(stream["LastUpdateTimestamp"]);
        Assert.False((bool)stream["HasMoreDestinations"]!);
    }

    [Fact]
    public async Task CreateDeliveryStream_OldFormOfS3_IsDescribedInBoth()
    {
        var request = Request("old", []);
        request["S3DestinationConfiguration"] = request["ExtendedS3DestinationConfiguration"]!.DeepClone();
        request.Remove("ExtendedS3DestinationConfiguration");
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();

        var destination = (await DescribeAsync("old"))["Destinations"]![0]!;
        Assert.NotNull(destination["S3DestinationDescription"]);
        Assert.NotNull(destination["ExtendedS3DestinationDescription"]);
    }

    [Fact]
    public async Task CreateDeliveryStream_FromAStream_DescribesAndDeliversIt()
    {
        (await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "src", ["ShardCount"] = 1 })).Ok();
        var request = Request("from-stream", new JsonObject { ["Prefix"] = "k/" });
        request["DeliveryStreamType"] = "KinesisStreamAsSource";
        request["KinesisStreamSourceConfiguration"] = new JsonObject
        {
            ["KinesisStreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/src",
            ["RoleARN"] = "arn:aws:iam::000000000000:role/reader",
        };
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();
        (await scene.KinesisAsync("PutRecord", new JsonObject
        {
            ["StreamName"] = "src", ["Data"] = Encode("from kinesis"), ["PartitionKey"] = "k",
        })).Ok();

        var source = (await DescribeAsync("from-stream"))["Source"]!["KinesisStreamSourceDescription"]!;
        Assert.Equal("arn:aws:kinesis:us-east-1:000000000000:stream/src", (string)source["KinesisStreamARN"]!);
        Assert.Equal("arn:aws:iam::000000000000:role/reader", (string)source["RoleARN"]!);
        Assert.NotNull(source["DeliveryStartTimestamp"]);
        Assert.Equal("from kinesis", await DeliveredAsync("from-stream", "k/"));
        (await PutBatchAsync("from-stream", "x")).MustFail(
            HttpStatusCode.BadRequest,
            "InvalidArgumentException",
            "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    }

    [Fact]
    public async Task UpdateDestination_SomeMembers_MergesThemAndRaisesTheVersion()
    {
        await CreateAsync("merged", JsonNode.Parse("""
            {"Prefix": "one/", "BufferingHints": {"SizeInMBs": 7, "IntervalInSeconds": 60},
             "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]}}
            """)!.AsObject());
        await PutBatchAsync("merged", "a");
        var before = await DeliveredAsync("merged", "one/");

        (await UpdateAsync("merged", "1", """
            {"Prefix": "two/", "BufferingHints": {"IntervalInSeconds": 90}, "CloudWatchLoggingOptions":
              {"LogGroupName": "g"}, "S3BackupMode": "Enabled", "S3BackupUpdate":
              {"RoleARN": "arn:aws:iam::000000000000:role/b", "BucketARN": "arn:aws:s3:::raw", "Prefix": "raw/"}}
            """)).Ok();
        await PutBatchAsync("merged", "b");

        var stream = await DescribeAsync("merged");
        var s3 = stream["Destinations"]![0]!["ExtendedS3DestinationDescription"]!;
        Assert.Equal("2", (string)stream["VersionId"]!);
        AssertJson("""{"SizeInMBs": 7, "IntervalInSeconds": 90}""", s3["BufferingHints"]!);
        AssertJson("""{"Enabled": false, "LogGroupName": "g"}""", s3["CloudWatchLoggingOptions"]!);
        Assert.Equal("raw/", (string)s3["S3BackupDescription"]!["Prefix"]!);
        Assert.Equal("AppendDelimiterToRecord", (string)s3["ProcessingConfiguration"]!["Processors"]![0]!["Type"]!);
        Assert.Equal(("a\n", "b\n"), (before, await DeliveredAsync("merged", "two/")));
        (await UpdateAsync("merged", "2", """{"S3BackupMode": "Disabled"}""")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "Disabling S3 backup is not currently supported.");
    }

    [Fact]
    public async Task UpdateDestination_OfAnotherVersion_IsRefused()
    {
        await CreateAsync("versions", []);
        (await UpdateAsync("versions", "1", """{"Prefix": "p/"}""")).Ok();

        (await UpdateAsync("versions", "1", """{"Prefix": "q/"}""")).MustFail(
            HttpStatusCode.BadRequest,
            "ConcurrentModificationException",
            "firehose: versions since the current version id: 2 and specified version id: 1 do not match");
        (await UpdateAsync("versions", "2", null)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "At least one destination");
        (await UpdateAsync("versions", "2", "{}", "destinationId-2")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "Destination Id destinationId-2 not found");
    }

    [Fact]
    public async Task HttpEndpoint_CreatedAndUpdated_KeepsItsKeyToItself()
    {
        var request = Request("endpoint", []);
        request.Remove("ExtendedS3DestinationConfiguration");
        request["HttpEndpointDestinationConfiguration"] = JsonNode.Parse("""
            {
              "EndpointConfiguration": {"Url": "https://127.0.0.1:9/x", "Name": "n", "AccessKey": "secret-key"},
              "RequestConfiguration": {"ContentEncoding": "GZIP", "CommonAttributes":
                [{"AttributeName": "team", "AttributeValue": "red"}]},
              "S3Configuration":
                {"RoleARN": "arn:aws:iam::000000000000:role/firehose", "BucketARN": "arn:aws:s3:::lake"}
            }
            """);
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();
        var update = new JsonObject
        {
            ["DeliveryStreamName"] = "endpoint",
            ["CurrentDeliveryStreamVersionId"] = "1",
            ["DestinationId"] = "destinationId-000000000001",
            ["HttpEndpointDestinationUpdate"] = JsonNode.Parse("""{"RetryOptions": {"DurationInSeconds": 7}}"""),
        };
        (await scene.FirehoseAsync("UpdateDestination", update)).Ok();

        var answer = await scene.FirehoseAsync(
            "DescribeDeliveryStream", new JsonObject { ["DeliveryStreamName"] = "endpoint" });
        var endpoint = answer.Ok().Json["DeliveryStreamDescription"]!["Destinations"]![0]![
            "HttpEndpointDestinationDescription"]!;
        AssertJson("""{"Url": "https://127.0.0.1:9/x", "Name": "n"}""", endpoint["EndpointConfiguration"]!);
        Assert.Equal(7, (int)endpoint["RetryOptions"]!["DurationInSeconds"]!);
        Assert.Equal("FailedDataOnly", (string)endpoint["S3BackupMode"]!);
        Assert.Equal("red", (string)endpoint["RequestConfiguration"]!["CommonAttributes"]![0]!["AttributeValue"]!);
        Assert.Equal("arn:aws:s3:::lake", (string)endpoint["S3DestinationDescription"]!["BucketARN"]!);
        Assert.DoesNotContain("secret-key", answer.Text, StringComparison.Ordinal);
        (await UpdateAsync("endpoint", "2", """{"Prefix": "p/"}""")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "cannot be changed between S3 and an HTTP endpoint");
    }

    [Fact]
    public async Task Tags_AddedListedRemoved_AreThoseThatStand()
    {
        var request = Request("tagged", []);
        request["Tags"] = JsonNode.Parse("""[{"Key": "a", "Value": "1"}, {"Key": "b"}]""");
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();
        (await TagAsync("TagDeliveryStream", "Tags", """[{"Key": "c", "Value": "3"}, {"Key": "a", "Value": "9"}]"""))
            .Ok();
        (await TagAsync("UntagDeliveryStream", "TagKeys", """["b", "absent"]""")).Ok();

        var all = (await TagAsync("ListTagsForDeliveryStream", "Limit", "1")).Ok().Json;
        AssertJson("""{"Tags": [{"Key": "a", "Value": "9"}], "HasMoreTags": true}""", all);
        var rest = (await TagAsync("ListTagsForDeliveryStream", "ExclusiveStartTagKey", "\"a\"")).Ok().Json;
        AssertJson("""{"Tags": [{"Key": "c", "Value": "3"}], "HasMoreTags": false}""", rest);
        (await TagAsync("TagDeliveryStream", "Tags", """[{"Key": "aws:x", "Value": "1"}]""")).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "tags.1.member.key");

        Task<Answer> TagAsync(string operation, string member, string value) => scene.FirehoseAsync(
            operation, new JsonObject { ["DeliveryStreamName"] = "tagged", [member] = JsonNode.Parse(value) });
    }

    [Fact]
    public async Task DeleteDeliveryStream_Deleted_IsGoneWithWhatWasNotDelivered()
    {
        await CreateAsync("gone", new JsonObject { ["Prefix"] = "gone/" });
        (await PutBatchAsync("gone", "never delivered")).Ok();
        (await NamedAsync("DeleteDeliveryStream", "gone")).Ok();

        const string NotFound = "Firehose gone under account 000000000000 not found.";
        foreach (var operation in (string[])
            ["DeleteDeliveryStream", "DescribeDeliveryStream", "ListTagsForDeliveryStream"])
        {
            (await NamedAsync(operation, "gone")).MustFail(
                HttpStatusCode.BadRequest, "ResourceNotFoundException", NotFound);
        }

        (await PutBatchAsync("gone", "x")).MustFail(
            HttpStatusCode.BadRequest, "ResourceNotFoundException", NotFound);
        await CreateAsync("gone", new JsonObject { ["Prefix"] = "gone/" });
        await PutBatchAsync("gone", "second life");
        Assert.Equal("second life", await DeliveredAsync("gone", "gone/"));
    }

    internal static JsonObject Request(string name, JsonObject settings)
    {
        var s3 = (JsonObject)settings.DeepClone();
        s3["RoleARN"] = "arn:aws:iam::000000000000:role/firehose";
        s3["BucketARN"] = "arn:aws:s3:::lake";
        return new JsonObject { ["DeliveryStreamName"] = name, ["ExtendedS3DestinationConfiguration"] = s3 };
    }

    internal static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void AssertJson(string expected, JsonNode actual)
    {
        var wanted = JsonNode.Parse(expected)!;
        Assert.True(JsonNode.DeepEquals(wanted, actual), actual.ToJsonString());
    }

    private async Task<string> CreateAsync(string name, JsonObject settings) =>
        (string)(await scene.FirehoseAsync("CreateDeliveryStream", Request(name, settings))).Ok().Json[
            "DeliveryStreamARN"]!;

    private Task<Answer> PutBatchAsync(string name, params IEnumerable<string> records) => scene.FirehoseAsync(
        "PutRecordBatch",
        new JsonObject
        {
            ["DeliveryStreamName"] = name,
            ["Records"] = new JsonArray(
                [.. records.Select(record => new JsonObject { ["Data"] = Encode(record) })]),
        });

    private Task<Answer> UpdateAsync(
        string name, string version, string? update, string destination = "destinationId-000000000001")
    {
        var request = new JsonObject
        {
            ["DeliveryStreamName"] = name,
            ["CurrentDeliveryStreamVersionId"] = version,
            ["DestinationId"] = destination,
        };
        if (update is not null)
        {
            request["ExtendedS3DestinationUpdate"] = JsonNode.Parse(update);
        }

        return scene.FirehoseAsync("UpdateDestination", request);
    }

    private Task<Answer> NamedAsync(string operation, string name) =>
        scene.FirehoseAsync(operation, new JsonObject { ["DeliveryStreamName"] = name });

    private async Task<JsonNode> DescribeAsync(string name) =>
        (await NamedAsync("DescribeDeliveryStream", name)).Ok().Json["DeliveryStreamDescription"]!;

    /// <summary>What the objects below a prefix hold, in the order of their names, after a flush.</summary>
    private async Task<string> DeliveredAsync(string name, string prefix)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await scene.Engine<IDeliveryStreams>().FlushAsync(name, limit.Token);
        var listing = (await scene.S3Async(
            HttpMethod.Get, $"/lake?list-type=2&prefix={Uri.EscapeDataString(prefix)}")).Ok().Xml;
        var text = new StringBuilder();
        foreach (var key in listing.Elements("Contents").Select(content => content.Element("Key")!.Value))
        {
            Assert.StartsWith(prefix + "20", key, StringComparison.Ordinal);
            text.Append((await scene.S3Async(HttpMethod.Get, "/lake/" + key)).Ok().Text);
        }

        return text.ToString();
    }
}
