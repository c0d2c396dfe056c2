using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Webhooks;

namespace Tarn.Tests.Webhooks;

/// <summary>Posts to a real listener that verifies, fails, is slow or sends elsewhere.</summary>
public sealed class HttpWebhooksTests
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Former = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAA";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Post_IsSignedAsAReceiverVerifies_WithEachKey()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var webhooks = Make(new Uri(receiver.Address, "/hooks/tarn?team=a"), Secret, Former);

        var answer = await PostAsync(webhooks, """{"user":"ä"}""");

        Assert.IsType<WebhookAccepted>(answer);
        var got = Assert.Single(receiver.Requests);
        Assert.Equal(("POST /hooks/tarn?team=a", """{"user":"ä"}"""), (got.Line, Encoding.UTF8.GetString(got.Body)));
        Assert.Equal(
            ("event_1", $"{Now.ToUnixTimeSeconds()}", "application/json", "tarn"),
            (got.Headers["webhook-id"], got.Headers["webhook-timestamp"], got.Headers["content-type"],
                got.Headers["user-agent"]));
        Assert.True(got.IsSignedWith(Secret, Now));
        Assert.True(got.IsSignedWith(Former, Now));
        Assert.False(got.IsSignedWith("whsec_" + Convert.ToBase64String(new byte[24]), Now));
        Assert.False((got with { Body = [.. got.Body, 32] }).IsSignedWith(Secret, Now));
    }

    /// <summary>Made with OpenSSL: printf 'msg_1.1614265330.{"test":1}' | openssl dgst -sha256 -mac HMAC.</summary>
    [Fact]
    public void Sign_KnownMessage_IsTheKnownSignature() => Assert.Equal(
        "v1,5oKWpe1OnN798MC2sWUOcWydQeUyuIaVCC+q0FOafuw=",
        WebhookKey.Parse(Secret)!.Sign("msg_1", 1614265330, Encoding.UTF8.GetBytes("""{"test":1}""")));

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(410, false)]
    public async Task Post_Refused_SaysSo_AndWhetherItMayPass(int status, bool mayPass)
    {
        await using var receiver = await Receiver.StartAsync(status);
        using var webhooks = Make(receiver.Address, Secret);

        Assert.Equal(
            new WebhookRefused($"it answered {status}: what the receiver says", mayPass),
            await PostAsync(webhooks, "{}"));
        Assert.Single(receiver.Requests);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Tue, 24 Nov 2026 02:00:30 GMT", 30)]
    [InlineData("soon", null)]
    public async Task Post_RetryAfter_IsPassedOn(string value, int? seconds)
    {
        await using var receiver = await Receiver.StartAsync(503, "Retry-After", value);
        using var webhooks = Make(receiver.Address, Secret);

        var refused = Assert.IsType<WebhookRefused>(await PostAsync(webhooks, "{}"));

        Assert.Equal(seconds, refused.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Post_Redirected_IsNotFollowed()
    {
        await using var elsewhere = await Receiver.StartAsync(200);
        await using var receiver = await Receiver.StartAsync(307, "Location", elsewhere.Address.ToString());
        using var webhooks = Make(receiver.Address, Secret);

        Assert.Equal(
            new WebhookRefused("it answered 307, and redirects are not followed", MayPass: false),
            await PostAsync(webhooks, "{}"));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Post_NotAnsweredInTime_MayPass()
    {
        var time = new FakeTimeProvider(Now);
        var asked = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, response) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        });
        using var webhooks = Make(receiver.Address, time, Secret);

        var answer = PostAsync(webhooks, "{}");
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(
            new WebhookRefused($"{receiver.Address.Authority} did not answer within 7 seconds", MayPass: true),
            await answer);
    }

    [Fact]
    public async Task Post_NobodyListens_MayPass_AndDoesNotShowThePath()
    {
        Uri address;
        await using (var receiver = await Receiver.StartAsync(200))
        {
            address = new Uri(receiver.Address, "/secret-path");
        }

        using var webhooks = Make(address, Secret);
        var refused = Assert.IsType<WebhookRefused>(await PostAsync(webhooks, "{}"));

        Assert.True(refused.MayPass);
        Assert.StartsWith(address.Authority + ": ", refused.Reason);
        Assert.DoesNotContain("secret-path", refused.Reason);
    }

    [Fact]
    public async Task Post_ToANameThatIsNotThere_IsRefusedForGood()
    {
        using var webhooks = Make(new Uri("http://127.0.0.1:1"), Secret);

        var answer = await webhooks.PostAsync(
            new WebhookPost("other", "event_1", "{}"u8.ToArray()), CancellationToken.None);

        Assert.Equal(new WebhookRefused("the server's tarn.yaml no longer names it", MayPass: false), answer);
        Assert.Equal(["ops"], webhooks.Names);
    }

    private static HttpWebhooks Make(Uri url, params string[] secrets) =>
        Make(url, new FakeTimeProvider(Now), secrets);

    private static HttpWebhooks Make(Uri url, TimeProvider time, params string[] secrets) => new(
        new Dictionary<string, Webhook>
        {
            ["ops"] = new()
            {
                Url = url,
                Keys = [.. secrets.Select(secret => WebhookKey.Parse(secret)!)],
                Timeout = TimeSpan.FromSeconds(7),
            },
        },
        time);

    private static Task<WebhookAnswer> PostAsync(HttpWebhooks webhooks, string body) => webhooks.PostAsync(
        new WebhookPost("ops", "event_1", Encoding.UTF8.GetBytes(body)), CancellationToken.None);
}
