using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Tests.Scenes;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Tests.Firehose;

/// <summary>Wrong, hostile and unsupported requests get Firehose's error, never a 500.</summary>
public sealed class DeliveryRefusalTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string S3 =
        """{"RoleARN": "arn:aws:iam::000000000000:role/r", "BucketARN": "arn:aws:s3:::lake"}""";

    [Theory]
    [InlineData("CreateDeliveryStream", "{}", "ValidationException", "'deliveryStreamName' failed")]
    [InlineData("CreateDeliveryStream", """{"DeliveryStreamName": "a b"}""", "ValidationException", "pattern: [a-zA")]
    [InlineData("CreateDeliveryStream", """{"DeliveryStreamName": "x"}""", "InvalidArgumentException", "Exactly one")]
    [InlineData("CreateDeliveryStream", "[]", "SerializationException", "JSON object")]
    [InlineData(
        "CreateDeliveryStream",
        """{"DeliveryStreamName": "x", "Unheard": 1}""",
        "InvalidArgumentException",
        "does not support member \\u0027Unheard\\u0027 of firehose CreateDeliveryStream")]
    [InlineData(
        "CreateDeliveryStream",
        """{"DeliveryStreamName": "x", "SplunkDestinationConfiguration": {}}""",
        "InvalidArgumentException",
        "SplunkDestinationConfiguration\\u0027 of firehose CreateDeliveryStream: records are delivered to S3")]
    [InlineData(
        "CreateDeliveryStream",
        """{"DeliveryStreamName": "x", "DeliveryStreamType": "MSKAsSource"}""",
        "InvalidArgumentException",
        "MSKAsSource")]
    [InlineData(
        "CreateDeliveryStream",
        """{"DeliveryStreamName": "x", "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK"}}""",
        "InvalidArgumentException",
        "there is no key management")]
    [InlineData("DescribeDeliveryStream", """{"DeliveryStreamName": "none"}""", "ResourceNotFoundException", "none")]
    [InlineData("DeleteDeliveryStream", """{"DeliveryStreamName": "absent"}""", "ResourceNotFoundException", "absent")]
    [InlineData("PutRecord", """{"Record": {"Data": ""}}""", "ValidationException", "deliveryStreamName")]
    [InlineData("PutRecord", """{"DeliveryStreamName": "none", "Record": {}}""", "ValidationException", "record.data")]
    [InlineData(
        "PutRecord",
        """{"DeliveryStreamName": "absent", "Record": {"Data": ""}}""",
        "ResourceNotFoundException",
        "Firehose absent under account 000000000000 not found.")]
    [InlineData("ListDeliveryStreams", """{"Limit": 0}""", "ValidationException", "greater than or equal to 1")]
    [InlineData(
        "ListTagsForDeliveryStream", """{"DeliveryStreamName": "x", "Limit": 51}""", "ValidationException", "50")]
    [InlineData("TagDeliveryStream", """{"DeliveryStreamName": "x"}""", "ValidationException", "'tags' failed")]
    public async Task WrongInput_GetsItsCode(string operation, string body, string code, string message)
    {
        var answer = await scene.JsonAsync("Firehose_20150804." + operation, Encoding.UTF8.GetBytes(body));

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
        Assert.Contains(
            message.Replace("'", "\\u0027", StringComparison.Ordinal), answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Prefix": "a/!{timestamp:yyyy}/"}""", "InvalidArgumentException", "has expressions")]
    [InlineData("""{"Prefix": "!{nothing:x}/"}""", "InvalidArgumentException", "nothing")]
    [InlineData("""{"CustomTimeZone": "Asia/Atlantis"}""", "InvalidArgumentException", "Asia/Atlantis")]
    [InlineData("""{"CloudWatchLoggingOptions": {"Enabled": true}}""", "InvalidArgumentException", "no CloudWatch")]
    [InlineData(
        """{"EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": "k"}}}""",
        "InvalidArgumentException",
        "ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig")]
    [InlineData(
        """{"BufferingHints": {"SizeInMBs": 129, "IntervalInSeconds": 901}, "CompressionFormat": "SNAPPY"}""",
        "ValidationException",
        "3 validation errors detected: ")]
    [InlineData(
        """{"ProcessingConfiguration": {"Processors": [{"Parameters": [{"ParameterName": "X"}]}]}}""",
        "ValidationException",
        "extendedS3DestinationConfiguration.processingConfiguration.processors.1.member.parameters.1.member")]
    [InlineData(
        """
        {"ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [
          {"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:us-east-1:000000000000:function:f"}]}]}}
        """,
        "InvalidArgumentException",
        "arn:aws:lambda:us-east-1:000000000000:function:f")]
    public async Task CreateDeliveryStream_SettingsThatCannotBe_AreRefused(
        string settings, string code, string message)
    {
        var request = DeliveryStreamTests.Request("refused", JsonNode.Parse(settings)!.AsObject());

        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest, code, message);
        Assert.DoesNotContain("refused", (await scene.FirehoseAsync("ListDeliveryStreams", new JsonObject())).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateDeliveryStream_SourceThatDoesNotFit_IsRefused()
    {
        var request = DeliveryStreamTests.Request("source", []);
        request["DeliveryStreamType"] = "KinesisStreamAsSource";
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "KinesisSourceStreamConfig is mandatory");

        request["KinesisStreamSourceConfiguration"] = new JsonObject
        {
            ["KinesisStreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/absent",
            ["RoleARN"] = "arn:aws:iam::000000000000:role/r",
        };
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest,
            "InvalidArgumentException",
            "Stream absent under account 000000000000 not found.");
        request.Remove("DeliveryStreamType");
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "cannot be given for a delivery stream of type");
    }

    [Fact]
    public async Task CreateDeliveryStream_Twice_IsInUse()
    {
        var request = DeliveryStreamTests.Request("twice", []);
        (await scene.FirehoseAsync("CreateDeliveryStream", request)).Ok();

        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest,
            "ResourceInUseException",
            "Firehose twice under accountId 000000000000 already exists");
    }

    [Fact]
    public async Task CreateDeliveryStream_TwoDestinations_AreRefused()
    {
        var request = DeliveryStreamTests.Request("two", []);
        request["S3DestinationConfiguration"] = JsonNode.Parse(S3);

        (await scene.FirehoseAsync("CreateDeliveryStream", request)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "Exactly one destination configuration");
    }

    /// <summary>The log of a delivery stream that is put into is no stream of anybody's.</summary>
    [Theory]
    [InlineData("DescribeStream")]
    [InlineData("DescribeStreamSummary")]
    [InlineData("ListShards")]
    [InlineData("DeleteStream")]
    [InlineData("PutRecord")]
    [InlineData("PutRecords")]
    [InlineData("GetShardIterator")]
    public async Task Kinesis_LogOfADeliveryStream_CannotBeNamed(string operation)
    {
        await scene.FirehoseAsync("CreateDeliveryStream", DeliveryStreamTests.Request("hidden", []));
        var log = scene.Streams.Find("$delivery.hidden");
        var request = new JsonObject { ["StreamName"] = "$delivery.hidden" };
        var record = new JsonObject { ["Data"] = "", ["PartitionKey"] = "k" };
        switch (operation)
        {
            case "PutRecord":
                (request["Data"], request["PartitionKey"]) = ("", "k");
                break;
            case "PutRecords":
                request["Records"] = new JsonArray(record);
                break;
            case "GetShardIterator":
                (request["ShardId"], request["ShardIteratorType"]) = ("shardId-000000000000", "TRIM_HORIZON");
                break;
        }

        Assert.NotNull(log);
        (await scene.KinesisAsync(operation, request)).MustFail(HttpStatusCode.BadRequest, "ValidationException");
        request.Remove("StreamName");
        request["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/$delivery.hidden";
        (await scene.KinesisAsync(operation, request)).MustFail(HttpStatusCode.BadRequest, "ValidationException");
        Assert.DoesNotContain(
            "delivery.hidden",
            (await scene.KinesisAsync("ListStreams", new JsonObject())).Ok().Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetRecords_ForgedIteratorOfALog_IsRefused()
    {
        await scene.FirehoseAsync("CreateDeliveryStream", DeliveryStreamTests.Request("forged", []));
        var log = scene.Streams.Find("$delivery.forged")!;
        var iterator = new KinesisToken(
            log.Name, log.Id, "shardId-000000000000", new SequenceNumber(0), scene.Time.GetUtcNow());

        (await scene.KinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator.ToString() }))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
    }

    [Fact]
    public async Task CreateStream_NameOfALog_IsRefused() => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = "$delivery.x", ["ShardCount"] = 1 }))
            .MustFail(HttpStatusCode.BadRequest, "ValidationException");
}
