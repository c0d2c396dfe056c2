using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Streams;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class RateTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Code = "ProvisionedThroughputExceededException";

    [Fact]
    public async Task PutRecords_MoreThanTheShardsBytes_StoresWhatFitsAndFailsTheRestByRecord()
    {
        await CreateAsync("busy", spec => spec with { Rates = StreamRates.Aws });
        var records = Enumerable.Range(0, 5).Select(_ => Record(new byte[300_000])).ToArray();

        var answer = (await scene.KinesisAsync("PutRecords", new JsonObject
        {
            ["StreamName"] = "busy", ["Records"] = new JsonArray(records),
        })).Ok().Json;
        var single = Record(new byte[300_000]);
        single["StreamName"] = "busy";
        var whole = await scene.KinesisAsync("PutRecord", single);

        var rows = answer["Records"]!.AsArray();
        Assert.Equal(2, (int)answer["FailedRecordCount"]!);
        Assert.All(rows.Take(3), row => Assert.NotNull(row!["SequenceNumber"]));
        Assert.All(rows.Skip(3), row => Assert.Equal(
            (Code, "Rate exceeded for shard shardId-000000000000 in stream busy under account 000000000000."),
            ((string)row!["ErrorCode"]!, (string)row["ErrorMessage"]!)));
        Assert.Equal((HttpStatusCode.BadRequest, Code), (whole.Status, whole.Code));
    }

    [Fact]
    public async Task GetRecords_AfterOneOf10Mebibytes_IsRefused()
    {
        await CreateAsync("read", spec => spec);
        for (var i = 0; i < 11; i++)
        {
            var record = Record(new byte[(1 << 20) - 1]);
            record["StreamName"] = "read";
            (await scene.KinesisAsync("PutRecord", record)).Ok();
        }

        await scene.Streams.ConfigureAsync(
            "read", spec => spec with { Rates = StreamRates.Aws }, CancellationToken.None);
        var iterator = (await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = "read", ["ShardId"] = "shardId-000000000000", ["ShardIteratorType"] = "TRIM_HORIZON",
        })).Ok().Json["ShardIterator"]!;
        var request = new JsonObject { ["ShardIterator"] = iterator.DeepClone() };
        var first = await scene.KinesisAsync("GetRecords", request);
        var second = await scene.KinesisAsync("GetRecords", request);

        Assert.Equal(10, first.Ok().Json["Records"]!.AsArray().Count);
        Assert.Equal((HttpStatusCode.BadRequest, Code), (second.Status, second.Code));
        Assert.Contains("under account 000000000000.", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutRecords_FaultsAskedFor_FailByRecordAndPutRecordWhole()
    {
        await CreateAsync("faulty", spec => spec with { Faults = new StreamFaults(1, 0) });
        var single = Record([1]);
        single["StreamName"] = "faulty";

        var many = (await scene.KinesisAsync("PutRecords", new JsonObject
        {
            ["StreamName"] = "faulty", ["Records"] = new JsonArray(Record([1])),
        })).Ok().Json["Records"]![0]!;
        var whole = await scene.KinesisAsync("PutRecord", single);

        Assert.Equal(
            ("InternalFailure", "fault injected: stream 'faulty' is set to fail 100 % of its records"),
            ((string)many["ErrorCode"]!, (string)many["ErrorMessage"]!));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, whole.Status);
    }

    private async Task CreateAsync(string stream, Func<StreamSpec, StreamSpec> change)
    {
        (await scene.KinesisAsync(
            "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = 1 })).Ok();
        await scene.Streams.ConfigureAsync(stream, change, CancellationToken.None);
    }

    private static JsonObject Record(byte[] data) => new()
    {
        ["Data"] = Convert.ToBase64String(data), ["PartitionKey"] = "k",
    };
}
