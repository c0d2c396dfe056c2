using System.Formats.Cbor;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>The data plane as a Java SDK speaks it.</summary>
public sealed class CborPutAndGetTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly byte[] Payload = [0, 1, 2, 0xFF, (byte)'"', (byte)'\\'];

    [Fact]
    public async Task PutRecord_InCbor_IsReadInBoth()
    {
        await CreateAsync("one", 1);

        var put = await scene.CborAsync(
            "PutRecord", ("StreamName", "one"), ("Data", Payload), ("PartitionKey", "schlüssel \"1\""));

        var cbor = (Dictionary<string, object?>)(await ReadCborAsync("one")).Single()!;
        var json = (await ReadJsonAsync("one")).Single()!;
        Assert.Equal(Payload, cbor["Data"]);
        Assert.Equal(Payload, Convert.FromBase64String((string)json["Data"]!));
        Assert.Equal("schlüssel \"1\"", cbor["PartitionKey"]);
        Assert.Equal(put["SequenceNumber"], cbor["SequenceNumber"]);
        Assert.Equal("shardId-000000000000", put["ShardId"]);
        var arrival = Assert.IsType<DateTimeOffset>(cbor["ApproximateArrivalTimestamp"]);
        Assert.Equal((double)json["ApproximateArrivalTimestamp"]!, arrival.ToUnixTimeMilliseconds() / 1000.0, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutRecords_InCbor_KeepsOrderAndHashKeys(bool openLengths)
    {
        var stream = $"many-{openLengths}";
        await CreateAsync(stream, 2);
        var records = Enumerable.Range(0, 500).Select(i => (object)CborValues.Map(
            ("PartitionKey", $"k{i}"),
            ("Data", Encoding.UTF8.GetBytes($"{i}")),
            ("ExplicitHashKey", i % 5 == 0 ? UInt128.MaxValue.ToString() : "0"))).ToArray();

        var body = CborValues.Write(CborValues.Map(("Records", records), ("StreamName", stream)), openLengths);
        var put = CborValues.ReadMap((await scene.SendCborAsync("PutRecords", body)).Ok().Body);

        Assert.Equal(0L, put["FailedRecordCount"]);
        var shards = ((List<object?>)put["Records"]!).Select(row => ((Dictionary<string, object?>)row!)["ShardId"]);
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"shardId-00000000000{(i % 5 == 0 ? 1 : 0)}"), shards.Cast<string>());
        var read = (await ReadCborAsync(stream, "shardId-000000000001"))
            .Select(row => Encoding.UTF8.GetString((byte[])((Dictionary<string, object?>)row!)["Data"]!));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i * 5}"), read);
    }

    [Fact]
    public async Task GetRecords_OfManyAndLargeRecords_IsWholeInCbor()
    {
        await CreateAsync("large", 1);
        var sizes = new[] { 0, 1, 23, 24, 255, 256, 65_535, 65_536, 1_000_000 };
        foreach (var size in sizes)
        {
            await scene.CborAsync(
                "PutRecord", ("StreamName", "large"), ("Data", new byte[size]), ("PartitionKey", new string('k', 256)));
        }

        var read = (await ReadCborAsync("large")).Select(row => (Dictionary<string, object?>)row!).ToList();

        Assert.Equal(sizes, read.Select(row => ((byte[])row["Data"]!).Length));
        Assert.All(read, row => Assert.Equal(256, ((string)row["PartitionKey"]!).Length));
    }

    [Fact]
    public async Task Blob_InPieces_IsOneBlob()
    {
        await CreateAsync("pieces", 1);
        var writer = new CborWriter();
        writer.WriteStartMap(null);
        writer.WriteTextString("StreamName");
        writer.WriteTextString("pieces");
        writer.WriteTextString("Data");
        writer.WriteStartIndefiniteLengthByteString();
        writer.WriteByteString([1, 2]);
        writer.WriteByteString([3]);
        writer.WriteEndIndefiniteLengthByteString();
        writer.WriteTextString("ExplicitHashKey");
        writer.WriteNull();
        writer.WriteTextString("PartitionKey");
        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString("a");
        writer.WriteTextString("b");
        writer.WriteEndIndefiniteLengthTextString();
        writer.WriteEndMap();

        (await scene.SendCborAsync("PutRecord", writer.Encode())).Ok();

        var record = (Dictionary<string, object?>)(await ReadCborAsync("pieces")).Single()!;
        Assert.Equal([1, 2, 3], (byte[])record["Data"]!);
        Assert.Equal("ab", record["PartitionKey"]);
    }

    [Fact]
    public async Task PutRecords_ToAbsentStream_FailsInCbor()
    {
        var body = Batch("absent", CborValues.Map(("PartitionKey", "a"), ("Data", Payload)));

        var answer = await scene.SendCborAsync("PutRecords", body);

        Assert.Equal("ResourceNotFoundException", CborValues.ReadMap(answer.Body)["__type"]);
    }

    [Fact]
    public async Task PutRecords_WithoutKey_NamesTheRecord()
    {
        var body = Batch(
            "any", CborValues.Map(("PartitionKey", "a"), ("Data", Payload)), CborValues.Map(("Data", Payload)));

        Assert.Contains("records.2.member.partitionKey", await MessageAsync("PutRecords", body));
    }

    [Fact]
    public async Task PutRecords_WithTextForData_IsRefused() =>
        Assert.Contains("ByteString", await MessageAsync(
            "PutRecords", Batch("any", CborValues.Map(("PartitionKey", "a"), ("Data", "dGV4dA==")))));

    [Fact]
    public async Task PutRecords_WithUnknownMember_NamesIt() =>
        Assert.Contains("'Records.Colour'", await MessageAsync("PutRecords", Batch(
            "any", CborValues.Map(("PartitionKey", "a"), ("Data", Payload), ("Colour", "red")))));

    [Fact]
    public async Task PutRecords_WithMemberTwice_IsRefused()
    {
        var record = Convert.FromHexString("A3644461746141006C506172746974696F6E4B65796161644461746141FF");

        var message = await MessageAsync(
            "PutRecords", [0xA1, 0x67, .. "Records"u8, 0x81, .. record]);

        Assert.Contains("'Data' is there twice", message);
    }

    [Fact]
    public async Task PutRecord_WithBytesAfterTheMap_IsRefused()
    {
        var body = CborValues.Write(CborValues.Map(
            ("StreamName", "any"), ("PartitionKey", "a"), ("Data", Payload)));

        Assert.Contains("1 bytes follow", await MessageAsync("PutRecord", [.. body, 0]));
    }

    [Fact]
    public async Task Put_OfRandomlyChangedBytes_NeverFailsInside()
    {
        await CreateAsync("fuzz", 1);
        var random = new Random(42);
        for (var i = 0; i < 500; i++)
        {
            var body = Batch("fuzz", CborValues.Map(("PartitionKey", "a"), ("Data", Payload)));
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var answer = await scene.SendCborAsync("PutRecords", body);

            Assert.True(
                answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest,
                $"{Convert.ToHexString(body)}: {(int)answer.Status}");
        }
    }

    /// <summary>
    /// A KPL record is one payload that holds several: magic, a protobuf message, its MD5. The stream carries it as it
    /// is, under the aggregate's own keys.
    /// </summary>
    [Fact]
    public async Task KplAggregate_IsCarriedThroughUntouched()
    {
        await CreateAsync("kpl", 2);
        var aggregate = Aggregate(["user-1", "user-2"], ["340282366920938463463374607431768211455"], [
            (0, 0, "first"), (1, null, "second")]);

        var put = await scene.CborAsync(
            "PutRecord",
            ("StreamName", "kpl"),
            ("Data", aggregate),
            ("PartitionKey", "a"),
            ("ExplicitHashKey", "340282366920938463463374607431768211455"));

        Assert.Equal("shardId-000000000001", put["ShardId"]);
        var record = (Dictionary<string, object?>)(await ReadCborAsync("kpl", "shardId-000000000001")).Single()!;
        Assert.Equal(aggregate, (byte[])record["Data"]!);
        Assert.Equal("a", record["PartitionKey"]);
    }

    /// <summary>
    /// https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md: AggregatedRecord has the
    /// partition keys (1), the explicit hash keys (2) and the records (3), each with the indexes of its keys (1, 2) and
    /// its data (3).
    /// </summary>
    private static byte[] Aggregate(
        string[] keys, string[] hashKeys, (byte Key, byte? HashKey, string Data)[] records)
    {
        var message = new List<byte>();
        Array.ForEach(keys, key => message.AddRange(Field(1, Encoding.UTF8.GetBytes(key))));
        Array.ForEach(hashKeys, key => message.AddRange(Field(2, Encoding.UTF8.GetBytes(key))));
        foreach (var (key, hashKey, data) in records)
        {
            byte[] indexes = hashKey is { } index ? [0x08, key, 0x10, index] : [0x08, key];
            message.AddRange(Field(3, [.. indexes, .. Field(3, Encoding.UTF8.GetBytes(data))]));
        }

        byte[] body = [.. message];
#pragma warning disable CA5351 // the format's own checksum
        return [0xF3, 0x89, 0x9A, 0xC2, .. body, .. MD5.HashData(body)];
#pragma warning restore CA5351

        static byte[] Field(int number, byte[] content) =>
            [(byte)((number << 3) | 2), (byte)content.Length, .. content];
    }

    private static byte[] Batch(string stream, params object[] records) =>
        CborValues.Write(CborValues.Map(("StreamName", stream), ("Records", records)));

    private async Task<string> MessageAsync(string operation, byte[] body)
    {
        var answer = await scene.SendCborAsync(operation, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        return (string)CborValues.ReadMap(answer.Body)["message"]!;
    }

    private async Task CreateAsync(string stream, int shards) =>
        await scene.CborAsync("CreateStream", ("StreamName", stream), ("ShardCount", shards));

    private async Task<List<object?>> ReadCborAsync(string stream, string shard = "shardId-000000000000")
    {
        var iterator = await scene.CborAsync(
            "GetShardIterator", ("StreamName", stream), ("ShardId", shard), ("ShardIteratorType", "TRIM_HORIZON"));
        var answer = await scene.CborAsync("GetRecords", ("ShardIterator", iterator["ShardIterator"]!));
        Assert.Equal(0L, answer["MillisBehindLatest"]);
        Assert.IsType<string>(answer["NextShardIterator"]);
        return (List<object?>)answer["Records"]!;
    }

    private async Task<JsonArray> ReadJsonAsync(string stream)
    {
        var iterator = await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = stream, ["ShardId"] = "shardId-000000000000", ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        var answer = await scene.KinesisAsync(
            "GetRecords", new JsonObject { ["ShardIterator"] = (string)iterator.Json["ShardIterator"]! });
        return answer.Ok().Json["Records"]!.AsArray();
    }
}
