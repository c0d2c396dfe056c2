using System.Formats.Cbor;
using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Protocol.Cbor;

/// <summary>Operations that only know JSON, called in CBOR.</summary>
public sealed class CborCallTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task Describe_InCbor_SaysWhatJsonSays()
    {
        await scene.CborAsync("CreateStream", ("StreamName", "both"), ("ShardCount", 2));

        var cbor = (Dictionary<string, object?>)(await scene.CborAsync("DescribeStream", ("StreamName", "both")))
            ["StreamDescription"]!;
        var json = (await scene.KinesisAsync("DescribeStream", new JsonObject { ["StreamName"] = "both" }))
            .Ok().Json["StreamDescription"]!.AsObject();

        Assert.Equal(json.Select(member => member.Key), cbor.Keys);
        Assert.Equal(2, ((List<object?>)cbor["Shards"]!).Count);
        Assert.Equal(24L, cbor["RetentionPeriodHours"]);
        Assert.Equal(false, cbor["HasMoreShards"]);
    }

    [Fact]
    public async Task Time_InAnswer_IsTaggedMilliseconds()
    {
        await scene.CborAsync("CreateStream", ("StreamName", "timed"), ("ShardCount", 1));

        var summary = (Dictionary<string, object?>)(await scene.CborAsync(
            "DescribeStreamSummary", ("StreamName", "timed")))["StreamDescriptionSummary"]!;

        var created = Assert.IsType<DateTimeOffset>(summary["StreamCreationTimestamp"]);
        Assert.InRange(scene.Time.GetUtcNow() - created, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Time_InRequest_IsTaggedMilliseconds(bool openLengths)
    {
        var name = $"created-{openLengths}";
        await scene.CborAsync("CreateStream", ("StreamName", name), ("ShardCount", 1));
        var summary = (Dictionary<string, object?>)(await scene.CborAsync(
            "DescribeStreamSummary", ("StreamName", name)))["StreamDescriptionSummary"]!;
        var created = (DateTimeOffset)summary["StreamCreationTimestamp"]!;

        var same = await ListAsync(created);
        var other = await ListAsync(created.AddSeconds(2));

        Assert.True(same.Message.IsSuccessStatusCode, same.Text);
        Assert.Equal("ResourceNotFoundException", CborValues.ReadMap(other.Body)["__type"]);

        Task<Answer> ListAsync(DateTimeOffset time) => scene.SendCborAsync("ListShards", CborValues.Write(
            CborValues.Map(("StreamName", name), ("StreamCreationTimestamp", time)), openLengths));
    }

    [Fact]
    public async Task Error_IsMapWithTypeAndMessage()
    {
        var answer = await scene.SendCborAsync(
            "DescribeStream", CborValues.Write(CborValues.Map(("StreamName", "absent"))));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(CborCalls.ContentType, answer.Header("Content-Type"));
        Assert.Equal("ResourceNotFoundException", answer.Header("x-amzn-ErrorType"));
        var error = CborValues.ReadMap(answer.Body);
        Assert.Equal("ResourceNotFoundException", error["__type"]);
        Assert.Contains("absent", (string)error["message"]!);
    }

    [Fact]
    public async Task WrongSignature_IsSaidInCbor()
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", CborValues.Write(CborValues.Map()));
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", CborCalls.ContentType);
        (scene.Signer with { Secret = "other" }).Sign(request, "kinesis", Signer.Hash([0]));

        var answer = await scene.SendAsync(request);

        Assert.Equal("InvalidSignatureException", CborValues.ReadMap(answer.Body)["__type"]);
    }

    [Fact]
    public async Task EmptyBody_IsAnEmptyMap() =>
        Assert.Contains(
            "StreamNames", CborValues.ReadMap((await scene.SendCborAsync("ListStreams", [])).Ok().Body).Keys);

    [Fact]
    public async Task TextInPieces_IsOneText()
    {
        var writer = new CborWriter();
        writer.WriteStartMap(null);
        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString("Stream");
        writer.WriteTextString("Name");
        writer.WriteEndIndefiniteLengthTextString();
        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString("ab");
        writer.WriteTextString("sent");
        writer.WriteEndIndefiniteLengthTextString();
        writer.WriteEndMap();

        var answer = await scene.SendCborAsync("DescribeStream", writer.Encode());

        Assert.Contains("Stream absent", (string)CborValues.ReadMap(answer.Body)["message"]!);
    }

    /// <summary>In hexadecimal: what is wrong with it, and the words that the message must have.</summary>
    [Theory]
    [InlineData("00", "must be a map")]
    [InlineData("80", "must be a map")]
    [InlineData("A0A0", "1 bytes follow")]
    [InlineData("A1654C696D6974", "SerializationException")]
    [InlineData("A1", "SerializationException")]
    [InlineData("BF", "SerializationException")]
    [InlineData("A10102", "SerializationException")]
    [InlineData("A2654C696D697401654C696D697402", "SerializationException")]
    [InlineData("A1654C696D6974420102", "member 'Limit' is a ByteString")]
    [InlineData("A1654C696D6974C101", "member 'Limit' has tag 1")]
    [InlineData("A1654C696D6974D903E801", "member 'Limit' has tag 1000")]
    [InlineData("A1654C696D6974F7", "member 'Limit' is a SimpleValue")]
    [InlineData("A1654C696D69741BFFFFFFFFFFFFFFFF", "SerializationException")]
    [InlineData("A1654C696D6974FB7FF8000000000000", "SerializationException")]
    [InlineData("A1654C696D697461FF", "SerializationException")]
    [InlineData("A1654C696D69747BFFFFFFFFFFFFFFFF61", "SerializationException")]
    [InlineData("A16954696D657374616D70FB41D0000000000000", "must be whole milliseconds")]
    [InlineData("A16954696D657374616D70C120", "must be milliseconds since 1970")]
    public async Task MalformedBody_IsRefused(string hex, string expected)
    {
        var answer = await scene.SendCborAsync("ListStreams", Convert.FromHexString(hex));

        var error = CborValues.ReadMap(answer.Body);
        Assert.Equal((HttpStatusCode.BadRequest, "SerializationException"), (answer.Status, error["__type"]));
        Assert.Contains(expected, $"{error["__type"]} {error["message"]}");
    }

    [Fact]
    public async Task DeepNesting_IsRefused()
    {
        var body = Enumerable.Repeat<byte>(0x81, 100_000).Prepend<byte>(0xA1).ToArray();
        body = [0xA1, 0x61, (byte)'a', .. body[1..]];

        var error = CborValues.ReadMap((await scene.SendCborAsync("ListStreams", body)).Body);

        Assert.Contains("nested more than 32 deep", (string)error["message"]!);
    }

    [Fact]
    public async Task UnknownMember_IsRefusedByName()
    {
        var answer = await scene.SendCborAsync("ListStreams", CborValues.Write(CborValues.Map(("Surprise", 1))));

        Assert.Contains("'Surprise'", (string)CborValues.ReadMap(answer.Body)["message"]!);
    }

    [Fact]
    public async Task Cbor_ToAServiceThatSpeaksNone_IsRefusedInJson() =>
        (await scene.SendAsync("AWSGlue.GetDatabases", [0xA0], CborCalls.ContentType, encoding: null))
            .MustFail(HttpStatusCode.UnsupportedMediaType, "SerializationException", CborCalls.ContentType);

    [Fact]
    public async Task RandomBytes_NeverFailInside()
    {
        var random = new Random(20131202);
        for (var i = 0; i < 300; i++)
        {
            var body = CborValues.Write(CborValues.Map(
                ("StreamName", "x"), ("Limit", i), ("ShardFilter", CborValues.Map(("Type", "AT_LATEST")))), i % 2 == 0);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var answer = await scene.SendCborAsync("ListShards", body);

            Assert.True((int)answer.Status is 400 or 200, $"{Convert.ToHexString(body)}: {(int)answer.Status}");
        }
    }
}
