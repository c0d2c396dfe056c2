using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Firehose.Outgoing;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Tests.Firehose.Outgoing;

public sealed class HttpFunctionsTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:shout";
    private const string Path = "/2015-03-31/functions/function/invocations";

    private static readonly DateTimeOffset Arrival = new(2026, 11, 23, 4, 5, 6, 789, TimeSpan.Zero);

    [Fact]
    public async Task Invoke_RecordsOfAStream_PostsFirehoseEvent()
    {
        await using var server = await StandIn.StartAsync(200, "application/json", """{"records":[]}""");

        await InvokeAsync(server.Address, Call("scores"));

        Assert.Equal($"POST {Path}", server.Only.Line);
        Assert.Equal("application/json", server.Only.Headers["Content-Type"]);
        var expected = JsonNode.Parse("""
            {
              "invocationId": "0f0e0d0c-0b0a-8908-8706-050403020100",
              "deliveryStreamArn": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/to-lake",
              "sourceKinesisStreamArn": "arn:aws:kinesis:eu-west-1:123456789012:stream/scores",
              "region": "eu-west-1",
              "records": [
                {
                  "recordId": "r0", "approximateArrivalTimestamp": 1795406706789, "data": "b25l",
                  "kinesisRecordMetadata": {
                    "shardId": "shardId-000000000007", "partitionKey": "k é", "sequenceNumber": "42",
                    "approximateArrivalTimestamp": 1795406706789, "subsequenceNumber": 3
                  }
                },
                {
                  "recordId": "r1", "approximateArrivalTimestamp": 1795406707789, "data": "",
                  "kinesisRecordMetadata": {
                    "shardId": "shardId-000000000007", "partitionKey": "\uFFFD", "sequenceNumber": "43",
                    "approximateArrivalTimestamp": 1795406707789, "subsequenceNumber": 0
                  }
                }
              ]
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(server.Only.Body)), Text(server.Only.Body));
    }

    [Fact]
    public async Task Invoke_RecordsPutDirectly_HaveNoMetadata()
    {
        await using var server = await StandIn.StartAsync(200, "application/json", """{"records":[]}""");

        await InvokeAsync(server.Address, Call(sourceStream: null));

        var sent = JsonNode.Parse(server.Only.Body)!;
        Assert.Null(sent["sourceKinesisStreamArn"]);
        Assert.Equal(
            ["recordId", "approximateArrivalTimestamp", "data"],
            sent["records"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Invoke_Results_AreRead()
    {
        await using var server = await StandIn.StartAsync(200, "application/json", """
            {"records":[
              {"recordId":"r0","result":"Ok","data":"aGk=","metadata":{"partitionKeys":{"team":"red","day":"1"}}},
              {"recordId":"r1","result":"Dropped"},
              {"recordId":"r2","result":"ProcessingFailed","data":null},
              {"recordId":"r3","result":"Ok","data":"","metadata":{}}]}
            """);

        var results = Assert.IsType<FunctionResults>(await InvokeAsync(server.Address, Call("scores"))).Results;

        Assert.Equal(
            [
                ("r0", FunctionOutcome.Ok, "hi"), ("r1", FunctionOutcome.Dropped, ""),
                ("r2", FunctionOutcome.ProcessingFailed, ""), ("r3", FunctionOutcome.Ok, ""),
            ],
            results.Select(result => (result.RecordId, result.Outcome, Text(result.Data.Span))));
        Assert.Equal(
            [new("team", "red"), new("day", "1")], Assert.IsType<Dictionary<string, string>>(results[0].PartitionKeys));
        Assert.All(results.Skip(1), result => Assert.Null(result.PartitionKeys));
    }

    [Theory]
    [InlineData(200, "nonsense", "Lambda.JsonProcessingException", false)]
    [InlineData(200, "", "Lambda.JsonProcessingException", false)]
    [InlineData(200, "[]", "Lambda.JsonProcessingException", false)]
    [InlineData(200, "{}", "Lambda.JsonProcessingException", false)]
    [InlineData(200, """{"records":{}}""", "Lambda.JsonProcessingException", false)]
    [InlineData(200, """{"records":[7]}""", "Lambda.JsonProcessingException", false)]
    [InlineData(200, """{"records":[{"recordId":"r0"}]}""", "Lambda.JsonProcessingException", false)]
    [InlineData(200, """{"records":[{"recordId":1,"result":"Ok"}]}""", "Lambda.JsonProcessingException", false)]
    [InlineData(
        200,
        """{"records":[{"recordId":"\ud800","result":"Dropped"}]}""",
        "Lambda.JsonProcessingException",
        false)]
    [InlineData(200, """{"records":[{"recordId":"r0","result":"ok","data":""}]}""", "Lambda.FunctionError", false)]
    [InlineData(200, """{"records":[{"recordId":"r0","result":"Ok"}]}""", "Lambda.FunctionError", false)]
    [InlineData(200, """{"records":[{"recordId":"r0","result":"Ok","data":"a#b"}]}""", "Lambda.FunctionError", false)]
    [InlineData(
        200,
        """{"records":[{"recordId":"r0","result":"Ok","data":"","metadata":{"partitionKeys":{"k":7}}}]}""",
        "Lambda.FunctionError",
        false)]
    [InlineData(200, """{"errorMessage":"boom","errorType":"KeyError"}""", "Lambda.FunctionError", true)]
    [InlineData(200, """{"errorMessage":"1 Task timed out after 3.00 seconds"}""", "Lambda.FunctionTimedOut", true)]
    [InlineData(200, "Task timed out after 3.00 seconds", "Lambda.FunctionTimedOut", true)]
    [InlineData(403, "no", "Lambda.InvokeAccessDenied", false)]
    [InlineData(404, "no", "Lambda.ResourceNotFound", false)]
    [InlineData(413, "no", "Lambda.FunctionError", false)]
    [InlineData(429, "no", "Lambda.InvokeLimitExceeded", true)]
    [InlineData(502, "no", "Lambda.InternalServerError", true)]
    public async Task Invoke_AnythingElse_FailsWithFirehoseCode(int status, string body, string code, bool mayPass)
    {
        await using var server = await StandIn.StartAsync(status, "application/json", body);

        var failure = Assert.IsType<FunctionFailure>(await InvokeAsync(server.Address, Call("scores")));

        Assert.Equal((code, mayPass), (failure.Code, failure.MayPass));
        Assert.NotEmpty(failure.Message);
    }

    [Theory]
    [InlineData("""{"records":[]}""")]
    [InlineData("""{"errorMessage":"boom"}""")]
    [InlineData("no JSON")]
    public async Task Invoke_HeaderSaysThatTheFunctionFailed_IsAFunctionError(string body)
    {
        await using var server = await StandIn.StartAsync((_, response) =>
        {
            response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return response.WriteAsync(body);
        });

        var failure = Assert.IsType<FunctionFailure>(await InvokeAsync(server.Address, Call("scores")));

        Assert.Equal(("Lambda.FunctionError", true), (failure.Code, failure.MayPass));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_AnswerBeyondSixMegabytes_IsAFunctionError(bool saysLength)
    {
        await using var server = await StandIn.StartAsync(async (_, response) =>
        {
            var body = new byte[HttpFunctions.AnswerBytesMax + 1];
            body.AsSpan().Fill((byte)' ');
            response.ContentLength = saysLength ? body.Length : null;
            await response.Body.WriteAsync(body);
        });

        var failure = Assert.IsType<FunctionFailure>(await InvokeAsync(server.Address, Call("scores")));

        Assert.Equal(
            ("Lambda.FunctionError", "The response payload of the Lambda function is larger than 6291556 bytes."),
            (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Invoke_NobodyThereOrTooSlow_MayPass()
    {
        var gate = new TaskCompletionSource();
        var server = await StandIn.StartAsync((_, _) => gate.Task);
        var slow = await InvokeAsync(
            server.Address,
            Call("scores"),
            options => options with { FunctionTimeout = TimeSpan.FromMilliseconds(50) });
        gate.SetResult();
        await server.DisposeAsync();
        var gone = await InvokeAsync(server.Address, Call("scores"));

        Assert.Equal(
            ("Lambda.FunctionTimedOut", true), slow is FunctionFailure late ? (late.Code, late.MayPass) : default);
        Assert.Equal(
            ("Lambda.ConnectionFailed", true), gone is FunctionFailure none ? (none.Code, none.MayPass) : default);
    }

    [Fact]
    public async Task Invoke_Redirect_IsNotFollowed()
    {
        await using var other = await StandIn.StartAsync(200, "application/json", """{"records":[]}""");
        await using var server = await StandIn.StartAsync((_, response) =>
        {
            response.Redirect(other.Address.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });

        var failure = Assert.IsType<FunctionFailure>(await InvokeAsync(server.Address, Call("scores")));

        Assert.Equal(("Lambda.FunctionError", false), (failure.Code, failure.MayPass));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Invoke_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await StandIn.StartAsync((_, _) => cancel.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => InvokeAsync(server.Address, Call("scores"), options => options, cancel.Token));
    }

    [Fact]
    public async Task Invoke_AddressWithAPath_IsPostedToAsItIs()
    {
        await using var server = await StandIn.StartAsync(200, "application/json", """{"records":[]}""");

        await InvokeAsync(new Uri(server.Address, "/2015-03-31/functions/shout/invocations?Qualifier=1"), Call("s"));

        Assert.Equal("POST /2015-03-31/functions/shout/invocations?Qualifier=1", server.Only.Line);
    }

    [Theory]
    [InlineData(Arn, true)]
    [InlineData(Arn + ":$LATEST", true)]
    [InlineData(Arn + ":prod", true)]
    [InlineData(Arn + "ing", false)]
    [InlineData("shout", false)]
    public void Knows_MappedFunctionsAndTheirVersions(string arn, bool known)
    {
        var options = new FirehoseOutgoingOptions
        {
            Functions = new Dictionary<string, Uri> { [Arn] = new("http://127.0.0.1:9000") },
        };
        using var http = new OutgoingHttp(options, TimeProvider.System);

        Assert.Equal(known, new HttpFunctions(http, new LakeIdentity(), options).Knows(arn));
    }

    private static Task<FunctionAnswer> InvokeAsync(Uri address, FunctionCall call) =>
        InvokeAsync(address, call, options => options);

    private static async Task<FunctionAnswer> InvokeAsync(
        Uri address,
        FunctionCall call,
        Func<FirehoseOutgoingOptions, FirehoseOutgoingOptions> change,
        CancellationToken cancellation = default)
    {
        var options = change(new FirehoseOutgoingOptions
        {
            Functions = new Dictionary<string, Uri> { [Arn] = address },
        });
        using var http = new OutgoingHttp(options, TimeProvider.System);
        var lake = new LakeIdentity { AccountId = "123456789012", Region = "eu-west-1" };
        return await new HttpFunctions(http, lake, options).InvokeAsync(call, cancellation);
    }

    private static FunctionCall Call(string? sourceStream) => new()
    {
        FunctionArn = Arn,
        InvocationId = "0f0e0d0c-0b0a-8908-8706-050403020100",
        DeliveryStream = "to-lake",
        SourceStream = sourceStream,
        ShardId = "shardId-000000000007",
        Records =
        [
            new("r0", "one"u8.ToArray(), Arrival, "k é"u8.ToArray(), new SequenceNumber(42), SubSequence: 3),
            new("r1", default, Arrival.AddSeconds(1), new byte[] { 0xff }, new SequenceNumber(43), SubSequence: 0),
        ],
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
