using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>Bodies below, at and above the size of a receive block, and the largest records that there are.</summary>
public sealed class LargePutTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(90_000)]
    [InlineData(98_000)]
    [InlineData(130_000)]
    [InlineData(1_000_000)]
    public async Task PutRecords_BodiesOfAnySize_AreStoredWhole(int dataLength)
    {
        var stream = $"sized-{dataLength}";
        await CreateAsync(stream);
        var data = Data(dataLength, seed: dataLength);

        for (var i = 0; i < 3; i++)
        {
            (await scene.KinesisAsync("PutRecords", new JsonObject
            {
                ["Records"] = new JsonArray(Record(data), Record([1, 2, 3])),
                ["StreamName"] = stream,
            })).Ok();
        }

        Assert.Equal([data, [1, 2, 3], data, [1, 2, 3], data, [1, 2, 3]], await ReadAsync(stream));
    }

    [Fact]
    public async Task PutRecords_BodyWithoutLength_IsStored()
    {
        await CreateAsync("chunked");
        var body = Encoding.UTF8.GetBytes(
            new JsonObject { ["StreamName"] = "chunked", ["Records"] = new JsonArray(Record([7])) }.ToJsonString());
        var request = scene.JsonRequest("Kinesis_20131202.PutRecords", body);
        request.Headers.TransferEncodingChunked = true;
        scene.Signer.Sign(request, "kinesis", Signer.Hash(body));

        (await scene.SendAsync(request)).Ok();

        Assert.Equal([[7]], await ReadAsync("chunked"));
    }

    [Fact]
    public async Task PutRecord_TenMebibytes_IsTakenByAStreamThatIsSetToIt()
    {
        await CreateAsync("huge");
        var data = Data((10 << 20) - 1, seed: 10);
        var put = Record(data);
        put["StreamName"] = "huge";

        (await scene.KinesisAsync("PutRecord", put.DeepClone())).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "1048576");
        (await scene.KinesisAsync("UpdateMaxRecordSize", new JsonObject
        {
            ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/huge",
            ["MaxRecordSizeInKiB"] = 10 << 10,
        })).Ok();
        (await scene.KinesisAsync("PutRecord", put)).Ok();

        Assert.Equal([data], await ReadAsync("huge"));
    }

    private static byte[] Data(int length, int seed)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static JsonObject Record(byte[] data) =>
        new() { ["Data"] = Convert.ToBase64String(data), ["PartitionKey"] = "k" };

    private async Task CreateAsync(string stream) => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = 1 })).Ok();

    private async Task<byte[][]> ReadAsync(string stream)
    {
        var iterator = (string)(await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardId"] = "shardId-000000000000",
            ["ShardIteratorType"] = "TRIM_HORIZON",
        })).Ok().Json["ShardIterator"]!;
        var answer = (await scene.KinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator })).Ok();
        return [.. answer.Json["Records"]!.AsArray()
            .Select(record => Convert.FromBase64String((string)record!["Data"]!))];
    }
}
