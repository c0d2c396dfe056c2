using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>A consumer that has called SubscribeToShard and reads its events.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly Stream _body;

    private Subscriber(HttpResponseMessage message, Stream body) => (_message, _body) = (message, body);

    public Version Version => _message.Version;

    /// <summary>Subscribes; the answer must be a stream that begins as it should.</summary>
    public static async Task<Subscriber> OpenAsync(
        AwsScene scene, string consumerArn, string startingPosition, Version? version = null, string shard = "0")
    {
        var message = await SendAsync(scene, consumerArn, startingPosition, version, shard);
        Assert.True(message.IsSuccessStatusCode, await TextOfAsync(message));
        Assert.Equal("application/vnd.amazon.eventstream", message.Content.Headers.ContentType!.MediaType);
        var subscriber = new Subscriber(message, await message.Content.ReadAsStreamAsync());
        var first = await subscriber.NextAsync();
        Assert.Equal(("event", "initial-response", "{}"), (
            first!.MessageType, first.Type, Encoding.UTF8.GetString(first.Payload)));
        return subscriber;
    }

    /// <summary>Calls it where the answer is to be an error.</summary>
    public static async Task<Answer> CallAsync(AwsScene scene, string consumerArn, string startingPosition)
    {
        var message = await SendAsync(scene, consumerArn, startingPosition, HttpVersion.Version20, "0");
        return new Answer(message, await message.Content.ReadAsByteArrayAsync());
    }

    public Task<EventFrame?> NextAsync() => EventFrame.ReadAsync(_body).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>The next event that is not empty.</summary>
    public async Task<EventFrame> NextFullAsync()
    {
        while (true)
        {
            var frame = (await NextAsync())!;
            Assert.Equal("SubscribeToShardEvent", frame.Type);
            if (frame.Json["Records"]!.AsArray().Count > 0 || frame.Json["ChildShards"] is not null)
            {
                return frame;
            }
        }
    }

    /// <summary>The data of the next records, as many as asked for.</summary>
    public async Task<List<string>> TakeAsync(int count)
    {
        var data = new List<string>();
        while (data.Count < count)
        {
            data.AddRange((await NextFullAsync()).Texts);
        }

        return data;
    }

    public void Dispose()
    {
        _body.Dispose();
        _message.Dispose();
    }

    private static Task<HttpResponseMessage> SendAsync(
        AwsScene scene, string consumerArn, string startingPosition, Version? version, string shard)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["ConsumerARN"] = consumerArn,
            ["ShardId"] = $"shardId-{shard.PadLeft(12, '0')}",
            ["StartingPosition"] = JsonNode.Parse(startingPosition),
        }.ToJsonString());
        var request = scene.JsonRequest("Kinesis_20131202.SubscribeToShard", body);
        request.Version = version ?? HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        scene.Signer.Sign(request, "kinesis", Signer.Hash(body));
        return scene.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<string> TextOfAsync(HttpResponseMessage message) =>
        message.IsSuccessStatusCode ? "" : await message.Content.ReadAsStringAsync();
}
