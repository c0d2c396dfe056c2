using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>Wrong, hostile and unsupported requests get AWS's error, never a 500.</summary>
public sealed class RefusalTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Theory]
    [InlineData("CreateStream", """{"StreamName":"bad name","ShardCount":1}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"s"}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"s","ShardCount":0}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"s","ShardCount":"1"}""", "SerializationException")]
    [InlineData("CreateStream", """{"ShardCount":1}""", "ValidationException")]
    [InlineData("DescribeStream", """{"StreamName":"absent"}""", "ResourceNotFoundException")]
    [InlineData("DescribeStream", "{}", "InvalidArgumentException")]
    [InlineData("DescribeStream", """{"StreamARN":"arn:aws:kinesis:us-east-1:1:stream/x"}""", "ValidationException")]
    [InlineData(
        "DescribeStream",
        """{"StreamARN":"arn:aws:kinesis:us-east-1:111111111111:stream/x"}""",
        "AccessDeniedException")]
    [InlineData("DeleteStream", """{"StreamName":"absent"}""", "ResourceNotFoundException")]
    [InlineData("PutRecord", """{"StreamName":"absent","Data":"","PartitionKey":"k"}""", "ResourceNotFoundException")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k"}""", "ValidationException")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"!!","PartitionKey":"k"}""", "SerializationException")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":1,"PartitionKey":"k"}""", "SerializationException")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":""}""", "ValidationException")]
    [InlineData(
        "PutRecord",
        """{"StreamName":"s","Data":"","PartitionKey":"k","ExplicitHashKey":"-1"}""",
        "InvalidArgumentException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[]}""", "ValidationException")]
    [InlineData("PutRecords", """{"StreamName":"s"}""", "ValidationException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[1]}""", "SerializationException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[{"Data":""}]}""", "ValidationException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[{"Data":""}""", "ValidationException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[""", "SerializationException")]
    [InlineData("PutRecords", "", "SerializationException")]
    [InlineData("ListStreams", "{\"Limit\":1", "SerializationException")]
    [InlineData("ListStreams", "[]", "SerializationException")]
    [InlineData("ListStreams", "{\"Limit\":1,\"Limit\":2}", "SerializationException")]
    [InlineData("ListStreams", "{\"NextToken\":\"\\ud800\"}", "SerializationException")]
    [InlineData("ListStreams", "{\"Limit\":99999999999999999999}", "SerializationException")]
    [InlineData(
        "GetShardIterator",
        """{"StreamName":"absent","ShardId":"x","ShardIteratorType":"LATEST"}""",
        "ResourceNotFoundException")]
    [InlineData("GetRecords", "{}", "ValidationException")]
    public async Task WrongInput_GetsItsCode(string operation, string body, string code) =>
        (await scene.JsonAsync("Kinesis_20131202." + operation, Encoding.UTF8.GetBytes(body)))
            .MustFail(HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData("CreateStream", """{"StreamName":"s","ShardCount":1,"WarmThroughputMiBps":1}""", "WarmThroughputMiBps")]
    [InlineData("DescribeStream", """{"StreamName":"s","StreamId":"x"}""", "StreamId")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":"k","Extra":1}""", "Extra")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[{"Extra":1}]}""", "Records.Extra")]
    [InlineData("ListShards", """{"ShardFilter":{"Type":"AT_LATEST","Extra":1}}""", "ShardFilter.Extra")]
    public async Task MemberThatTarnDoesNotHonour_IsRefusedByName(string operation, string body, string member) =>
        (await scene.JsonAsync("Kinesis_20131202." + operation, Encoding.UTF8.GetBytes(body))).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", $"{member}\\u0027 of kinesis {operation}");

    [Fact]
    public async Task DeepNesting_IsRefused() =>
        (await scene.JsonAsync("Kinesis_20131202.ListStreams", Encoding.UTF8.GetBytes(new string('[', 100_000))))
            .MustFail(HttpStatusCode.BadRequest, "SerializationException");

    [Fact]
    public async Task BodyOverTheLimit_IsRefused() =>
        (await scene.JsonAsync("Kinesis_20131202.ListStreams", new byte[(1 << 20) + 1]))
            .MustFail(HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException");

    [Theory]
    [InlineData("Kinesis_20131202.PutResourcePolicy", HttpStatusCode.NotImplemented, "PutResourcePolicy: streams")]
    [InlineData("Kinesis_20131202.StartStreamEncryption", HttpStatusCode.NotImplemented, "on an encrypted disk")]
    [InlineData("Kinesis_20131202.Nonsense", HttpStatusCode.BadRequest, "kinesis has no operation")]
    [InlineData(
        "Firehose_20150804.StartDeliveryStreamEncryption", HttpStatusCode.NotImplemented, "on an encrypted disk")]
    [InlineData("Dynamo.Nonsense", HttpStatusCode.BadRequest, "tarn has no operation")]
    public async Task OperationThatIsNotThere_IsNamed(string target, HttpStatusCode status, string message) =>
        (await scene.JsonAsync(target, new JsonObject())).MustFail(status, "UnknownOperationException", message);

    [Fact]
    public async Task UnknownContentType_IsRefusedByName()
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", [0xA0]);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-ion-1.0");
        scene.Signer.Sign(request, "kinesis", Signer.Hash([0xA0]));

        (await scene.SendAsync(request)).MustFail(
            HttpStatusCode.UnsupportedMediaType, "SerializationException", "x-amz-ion-1.0");
    }

    [Fact]
    public async Task SmithyRpc_IsRefusedByName()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(scene.Address, "/service/Kinesis_20131202/operation/ListStreams"));
        request.Content = new ByteArrayContent([0xA0]);
        request.Headers.Add("smithy-protocol", "rpc-v2-cbor");

        (await scene.SendAsync(request)).MustFail(
            HttpStatusCode.NotImplemented, "UnknownOperationException", "rpc-v2-cbor");
    }

    [Fact]
    public async Task RecordOverOneMebibyte_IsRefusedAndTheOthersToo()
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "large", ["ShardCount"] = 1 });
        var large = new JsonObject
        {
            ["Data"] = Convert.ToBase64String(new byte[1 << 20]),
            ["PartitionKey"] = "k",
        };

        (await scene.KinesisAsync("PutRecords", new JsonObject
        {
            ["Records"] = new JsonArray(PutAndGetTests.Record("a", "k"), large),
            ["StreamName"] = "large",
        })).MustFail(HttpStatusCode.BadRequest, "ValidationException", "records.2.member.data");
    }

    [Fact]
    public async Task MoreThan500Records_AreRefused() =>
        (await scene.KinesisAsync("PutRecords", new JsonObject
        {
            ["Records"] = new JsonArray([.. Enumerable.Range(0, 501).Select(_ => PutAndGetTests.Record("a", "k"))]),
            ["StreamName"] = "any",
        })).MustFail(HttpStatusCode.BadRequest, "ValidationException", "500");
}
