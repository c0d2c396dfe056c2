using System.Net;
using Tarn.Aws.S3.Cors;
using Tarn.Aws.Tests.Scenes;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.Tests.S3;

/// <summary>Preflights, and what browsers read from answers, by the bucket's rules.</summary>
public sealed class CorsTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly CorsConfiguration Rules = new(
    [
        new CorsRule("one", ["https://one.example"], ["GET", "PUT"], ["x-amz-*", "Content-Type"], ["ETag"], 600),
        new CorsRule("below", ["https://*.two.example"], ["DELETE"], ["*"], [], null),
        new CorsRule(null, ["*"], ["GET"], [], [], null),
    ]);

    [Theory]
    [InlineData("https://one.example", "PUT", "content-type, X-Amz-Meta-A", "https://one.example", "GET, PUT", "600")]
    [InlineData("https://one.example", "PUT", "", "https://one.example", "GET, PUT", "600")]
    [InlineData("https://a.two.example", "DELETE", "anything", "https://a.two.example", "DELETE", null)]
    [InlineData("http://elsewhere.example", "GET", "", "*", "GET", null)]
    public async Task Preflight_ThatARuleFits_IsAnsweredByIt(
        string origin, string method, string headers, string allowed, string methods, string? age)
    {
        await SetAsync();

        var answer = (await PreflightAsync("/cors/any/key", origin, method, headers)).Ok();

        Assert.Equal(allowed, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(methods, answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal(age, answer.Header("Access-Control-Max-Age"));
        Assert.Equal(allowed == "*" ? null : "true", answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal(headers.Length == 0 ? null : headers.ToLowerInvariant(), Plain(answer));
        Assert.Contains("Origin", answer.Header("Vary")!);
    }

    [Theory]
    [InlineData("https://one.example", "DELETE", "")]
    [InlineData("https://one.example", "PUT", "authorization")]
    [InlineData("https://one.example.evil", "PUT", "")]
    [InlineData("http://one.example", "PUT", "")]
    [InlineData("https://two.example", "DELETE", "")]
    [InlineData("null", "PUT", "")]
    public async Task Preflight_ThatNoRuleFits_IsForbidden(string origin, string method, string headers)
    {
        await SetAsync();

        var answer = await PreflightAsync("/cors/key", origin, method, headers);

        answer.MustFail(HttpStatusCode.Forbidden, "AccessForbidden", "not allowed");
        Assert.Equal(method, answer.Xml.Element("Method")!.Value);
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_BucketWithoutRulesOrNone_IsForbidden()
    {
        (await scene.S3Async(HttpMethod.Put, "/no-cors")).Ok();

        foreach (var target in new[] { "/no-cors/key", "/no-such-bucket/key", "/" })
        {
            (await PreflightAsync(target, "https://one.example", "GET", ""))
                .MustFail(HttpStatusCode.Forbidden, "AccessForbidden", "not enabled");
        }
    }

    [Theory]
    [InlineData("", "GET")]
    [InlineData("https://one.example", "")]
    [InlineData("https://one.example", "PATCH")]
    public async Task Preflight_WithoutItsHeaders_IsNoPreflight(string origin, string method) =>
        (await PreflightAsync("/cors/key", origin, method, "")).MustFail(HttpStatusCode.BadRequest, "BadRequest");

    [Fact]
    public async Task Get_WithOrigin_CarriesTheRuleAlsoWhenItFails()
    {
        await SetAsync();
        (await scene.S3Async(HttpMethod.Put, "/cors/key", [1])).Ok();

        var got = (await scene.S3Async(HttpMethod.Get, "/cors/key", null, "Origin:https://one.example")).Ok();
        var absent = await scene.S3Async(HttpMethod.Get, "/cors/absent", null, "Origin:https://one.example");
        var denied = await scene.SendAsync(
            scene.S3Request(HttpMethod.Put, "/cors/key", [2], "Origin:https://one.example"));
        var deleted = await scene.S3Async(HttpMethod.Delete, "/cors/absent", null, "Origin:https://one.example");
        var plain = (await scene.S3Async(HttpMethod.Get, "/cors/key")).Ok();

        Assert.Equal("https://one.example", got.Header("Access-Control-Allow-Origin"));
        Assert.Equal("ETag", got.Header("Access-Control-Expose-Headers"));
        absent.MustFail(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.Equal("https://one.example", absent.Header("Access-Control-Allow-Origin"));
        denied.MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("https://one.example", denied.Header("Access-Control-Allow-Origin"));
        Assert.Null(deleted.Header("Access-Control-Allow-Origin"));
        Assert.Null(plain.Header("Access-Control-Allow-Origin"));
    }

    private async Task SetAsync()
    {
        (await scene.S3Async(HttpMethod.Put, "/cors")).Ok();
        await scene.Engine<IBucketSettings>().SetAsync("cors", BucketSetting.Cors, Rules.Write(), default);
    }

    private Task<Answer> PreflightAsync(string target, string origin, string method, string headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(scene.Address, target));
        foreach (var (name, value) in new[]
        {
            ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers),
        })
        {
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return scene.SendAsync(request);
    }

    private static string? Plain(Answer answer) =>
        answer.Header("Access-Control-Allow-Headers")?.Replace(",", ", ", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal);
}
