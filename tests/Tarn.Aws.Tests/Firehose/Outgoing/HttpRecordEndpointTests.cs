using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Firehose.Outgoing;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Tests.Firehose.Outgoing;

public sealed class HttpRecordEndpointTests
{
    private const string Id = "0f0e0d0c-0b0a-8908-8706-050403020100";
    private const string Good = $$"""{"requestId":"{{Id}}","timestamp":1578090903599}""";
    private const string Body =
        $$"""{"requestId":"{{Id}}","timestamp":1795406706789,"records":[{"data":"b25l"},{"data":""}]}""";

    [Fact]
    public async Task Post_Batch_IsFirehoseRequest()
    {
        await using var server = await StandIn.StartAsync(200, "application/json", Good);

        var answer = await PostAsync(server.Address, post => post with
        {
            Url = new Uri(server.Address, "/take/it?all=1"),
            AccessKey = "open sesame",
            CommonAttributes = new Dictionary<string, string> { ["env"] = "tést", ["x"] = "" },
        });

        Assert.IsType<EndpointAccepted>(answer);
        var headers = server.Only.Headers;
        Assert.Equal("POST /take/it?all=1", server.Only.Line);
        Assert.Equal(Body, Encoding.UTF8.GetString(server.Only.Body));
        Assert.Equal(("1.0", Id), (headers["X-Amz-Firehose-Protocol-Version"], headers["X-Amz-Firehose-Request-Id"]));
        Assert.Equal(
            "arn:aws:firehose:eu-west-1:123456789012:deliverystream/to-endpoint", headers["X-Amz-Firehose-Source-Arn"]);
        Assert.Equal("open sesame", headers["X-Amz-Firehose-Access-Key"]);
        Assert.Equal(
            "{\"commonAttributes\":{\"env\":\"t\\u00E9st\",\"x\":\"\"}}", headers["X-Amz-Firehose-Common-Attributes"]);
        Assert.Equal(
            ("application/json", $"{Body.Length}"), (headers["Content-Type"], headers["Content-Length"]));
        Assert.False(headers.ContainsKey("Content-Encoding"));
    }

    [Fact]
    public async Task Post_Gzip_HasItsHeaderAndThePackedBody()
    {
        await using var server = await StandIn.StartAsync(200, "application/json; charset=utf-8", Good);

        var answer = await PostAsync(server.Address, post => post with { Gzip = true });

        Assert.IsType<EndpointAccepted>(answer);
        Assert.Equal("gzip", server.Only.Headers["Content-Encoding"]);
        Assert.False(server.Only.Headers.ContainsKey("X-Amz-Firehose-Access-Key"));
        Assert.False(server.Only.Headers.ContainsKey("X-Amz-Firehose-Common-Attributes"));
        using var unpacked = new StreamReader(
            new GZipStream(new MemoryStream(server.Only.Body), CompressionMode.Decompress));
        Assert.Equal(Body, await unpacked.ReadToEndAsync());
    }

    [Theory]
    [InlineData(201, "application/json", Good, "HttpEndpoint.DestinationException", true)]
    [InlineData(400, "application/json", "{}", "HttpEndpoint.DestinationException", true)]
    [InlineData(401, "text/plain", "who?", "HttpEndpoint.DestinationException", true)]
    [InlineData(413, "application/json", "{}", "HttpEndpoint.DestinationException", false)]
    [InlineData(429, "application/json", "{}", "HttpEndpoint.DestinationException", true)]
    [InlineData(503, "application/json", "{}", "HttpEndpoint.DestinationException", true)]
    [InlineData(200, "text/plain", Good, "HttpEndpoint.InvalidResponseFromDestination", true)]
    [InlineData(200, "application/json", "", "HttpEndpoint.InvalidResponseFromDestination", true)]
    [InlineData(200, "application/json", "[]", "HttpEndpoint.InvalidResponseFromDestination", true)]
    [InlineData(200, "application/json", "{}", "HttpEndpoint.InvalidResponseFromDestination", true)]
    [InlineData(
        200,
        "application/json",
        """{"requestId":"another","timestamp":1}""",
        "HttpEndpoint.InvalidResponseFromDestination",
        true)]
    [InlineData(
        200,
        "application/json",
        $$"""{"requestId":"{{Id}}","timestamp":"1"}""",
        "HttpEndpoint.InvalidResponseFromDestination",
        true)]
    [InlineData(
        200,
        "application/json",
        $$"""{"requestId":"{{Id}}"}""",
        "HttpEndpoint.InvalidResponseFromDestination",
        true)]
    public async Task Post_AnythingElse_IsRefusedWithFirehoseCode(
        int status, string contentType, string body, string code, bool mayPass)
    {
        await using var server = await StandIn.StartAsync(status, contentType, body);

        var refused = Assert.IsType<EndpointRefused>(await PostAsync(server.Address, post => post));

        Assert.Equal((code, mayPass), (refused.Code, refused.MayPass));
        Assert.EndsWith($"{status}{(status == 200 ? "" : ":")} {body}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EncodedAnswer_IsInvalid()
    {
        await using var server = await StandIn.StartAsync(async (_, response) =>
        {
            response.ContentType = "application/json";
            response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(Good));
        });

        var refused = Assert.IsType<EndpointRefused>(await PostAsync(server.Address, post => post));

        Assert.Equal("HttpEndpoint.InvalidResponseFromDestination", refused.Code);
        Assert.Contains("has a content encoding", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnswerBeyondAMebibyte_IsTooLarge()
    {
        await using var server = await StandIn.StartAsync(
            200, "application/json", Good + new string(' ', HttpRecordEndpoint.AnswerBytesMax));

        var refused = Assert.IsType<EndpointRefused>(await PostAsync(server.Address, post => post));

        Assert.Equal(("HttpEndpoint.ResponseTooLarge", true), (refused.Code, refused.MayPass));
    }

    [Fact]
    public async Task Post_Redirect_IsNotFollowed()
    {
        await using var other = await StandIn.StartAsync(200, "application/json", Good);
        await using var server = await StandIn.StartAsync((_, response) =>
        {
            response.Redirect(other.Address.ToString(), permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });

        var refused = Assert.IsType<EndpointRefused>(await PostAsync(server.Address, post => post));

        Assert.Equal(("HttpEndpoint.DestinationException", true), (refused.Code, refused.MayPass));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Post_SlowGoneOrBrokenOff_SaysWhich()
    {
        var gate = new TaskCompletionSource();
        var server = await StandIn.StartAsync((_, _) => gate.Task);
        var slow = await PostAsync(server.Address, post => post, TimeSpan.FromMilliseconds(50));
        gate.SetResult();
        await server.DisposeAsync();
        var gone = await PostAsync(server.Address, post => post);
        await using var breaking = await StandIn.StartAsync((_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        });
        var broken = await PostAsync(breaking.Address, post => post);
        var plain = await PostAsync(new UriBuilder(breaking.Address) { Scheme = "https" }.Uri, post => post);

        Assert.Equal(
            [
                "HttpEndpoint.RequestTimeout", "HttpEndpoint.ConnectionFailed", "HttpEndpoint.ConnectionReset",
                "HttpEndpoint.SSLHandshakeFailure",
            ],
            new[] { slow, gone, broken, plain }.Cast<EndpointRefused>().Select(refused => refused.Code));
        Assert.All(new[] { slow, gone, broken, plain }, answer => Assert.True(((EndpointRefused)answer).MayPass));
    }

    [Fact]
    public async Task Post_AnswerBrokenOffInItsBody_IsAReset()
    {
        await using var server = await StandIn.StartAsync(async (_, response) =>
        {
            response.ContentType = "application/json";
            response.ContentLength = Good.Length;
            await response.WriteAsync(Good[..10]);
            await response.Body.FlushAsync();
            response.HttpContext.Abort();
        });

        var refused = Assert.IsType<EndpointRefused>(await PostAsync(server.Address, post => post));

        Assert.Equal(("HttpEndpoint.ConnectionReset", true), (refused.Code, refused.MayPass));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "two\nlines")]
    [InlineData("http://127.0.0.1:1/", "schlüssel")]
    [InlineData("ftp://127.0.0.1:1/", null)]
    public async Task Post_WhatHttpCannotSay_IsRefusedForGood(string url, string? accessKey)
    {
        var refused = Assert.IsType<EndpointRefused>(
            await PostAsync(new Uri(url), post => post with { AccessKey = accessKey }));

        Assert.Equal(("HttpEndpoint.MakeRequestFailure", false), (refused.Code, refused.MayPass));
    }

    private static Task<EndpointAnswer> PostAsync(Uri url, Func<EndpointPost, EndpointPost> change) =>
        PostAsync(url, change, TimeSpan.FromMinutes(1));

    private static async Task<EndpointAnswer> PostAsync(
        Uri url, Func<EndpointPost, EndpointPost> change, TimeSpan timeout)
    {
        var options = new FirehoseOutgoingOptions { EndpointTimeout = timeout };
        using var http = new OutgoingHttp(options, TimeProvider.System);
        var lake = new LakeIdentity { AccountId = "123456789012", Region = "eu-west-1" };
        return await new HttpRecordEndpoint(http, lake, options).PostAsync(
            change(new EndpointPost
            {
                Url = url,
                AccessKey = null,
                Gzip = false,
                CommonAttributes = new Dictionary<string, string>(),
                RequestId = Id,
                DeliveryStream = "to-endpoint",
                Timestamp = new DateTimeOffset(2026, 11, 23, 4, 5, 6, 789, TimeSpan.Zero),
                Records = ["one"u8.ToArray(), default],
            }),
            CancellationToken.None);
    }
}
