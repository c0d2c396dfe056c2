using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Listening;

/// <summary>HTTP/1.1 and HTTP/2 with prior knowledge on one port of a real server.</summary>
public sealed class SplitListenerTests : IAsyncLifetime
{
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly AwsScene scene = new();

    public Task InitializeAsync() => scene.InitializeAsync();

    public Task DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task SignedCall_OfEitherVersion_IsAnsweredInIt(int major, int minor)
    {
        using var request = Listing(new Version(major, minor));
        scene.Signer.Sign(request, "kinesis", Signer.Hash("{}"u8.ToArray()));

        var answer = (await scene.SendAsync(request)).Ok();

        Assert.Equal(new Version(major, minor), answer.Message.Version);
        Assert.Empty(answer.Json["StreamNames"]!.AsArray());
    }

    [Fact]
    public async Task ManyCallsOfBothVersionsAtOnce_AreAllAnsweredInTheirOwn()
    {
        var versions = Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? HttpVersion.Version11 : HttpVersion.Version20);

        var answers = await Task.WhenAll(versions.Select(async version =>
        {
            using var http = new HttpClient();
            using var request = Listing(version);
            scene.Signer.Sign(request, "kinesis", Signer.Hash("{}"u8.ToArray()));
            using var answer = await http.SendAsync(request);
            return (version, answer.Version, answer.StatusCode);
        }));

        Assert.All(answers, answer => Assert.Equal((answer.version, HttpStatusCode.OK),
            (answer.Item2, answer.StatusCode)));
    }

    [Fact]
    public async Task Put_OverHttp2_IsReadOverHttp11()
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "s", ["ShardCount"] = 1 });
        var body = Encoding.UTF8.GetBytes("""{"StreamName":"s","PartitionKey":"a","Data":"aGVsbG8="}""");
        using var put = scene.JsonRequest("Kinesis_20131202.PutRecord", body);
        (put.Version, put.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        scene.Signer.Sign(put, "kinesis", Signer.Hash(body));
        var shard = (string)(await scene.SendAsync(put)).Ok().Json["ShardId"]!;

        var iterator = await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = "s", ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        var records = await scene.KinesisAsync("GetRecords", new JsonObject
        {
            ["ShardIterator"] = (string)iterator.Ok().Json["ShardIterator"]!,
        });

        Assert.Equal("aGVsbG8=", (string)records.Ok().Json["Records"]!.AsArray().Single()!["Data"]!);
    }

    [Fact]
    public async Task Preface_ByteByByte_IsHttp2()
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        foreach (var letter in RawConnection.Preface)
        {
            await connection.SendAsync(letter.ToString());
            await Task.Yield();
        }

        await connection.SendAsync(EmptySettings);

        Assert.Equal(4, (await connection.ReadAsync(9))[3]);
    }

    [Fact]
    public async Task Http11_ByteByByte_IsAnswered()
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        foreach (var letter in "PUT /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        {
            await connection.SendAsync(letter.ToString());
        }

        Assert.StartsWith("HTTP/1.1 ", Encoding.ASCII.GetString(await connection.ReadAsync(12)));
    }

    [Fact]
    public async Task BytesThatLeaveThePrefaceLate_AreHttp11()
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync("PRI / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 4", Encoding.ASCII.GetString(await connection.ReadAsync(10)));
    }

    [Fact]
    public async Task SilentConnections_HoldUpNobody()
    {
        var silent = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawConnection.OpenAsync(scene.Address)));
        try
        {
            await silent[0].SendAsync("PRI * HT");

            Assert.Equal("ok", await HealthAsync());
        }
        finally
        {
            Array.ForEach(silent, connection => connection.Dispose());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("PR")]
    [InlineData("GE")]
    public async Task ConnectionClosedEarly_LeavesTheServerAnswering(string sent)
    {
        for (var i = 0; i < 20; i++)
        {
            using var connection = await RawConnection.OpenAsync(scene.Address);
            await connection.SendAsync(sent);
        }

        Assert.Equal("ok", await HealthAsync());
    }

    [Fact]
    public async Task Stop_WhileConnectionsWait_ClosesThem()
    {
        var other = new AwsScene();
        await other.InitializeAsync();
        using var silent = await RawConnection.OpenAsync(other.Address);
        using var half = await RawConnection.OpenAsync(other.Address);
        await half.SendAsync("PRI *");
        (await other.S3Async(HttpMethod.Get, "/")).Ok();

        await other.DisposeAsync();

        Assert.True(await silent.IsClosedAsync());
        Assert.True(await half.IsClosedAsync());
    }

    private async Task<string> HealthAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(scene.Address, "/health"));
        return answer.IsSuccessStatusCode ? "ok" : answer.StatusCode.ToString();
    }

    private HttpRequestMessage Listing(Version version)
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", "{}"u8.ToArray());
        (request.Version, request.VersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        return request;
    }
}
