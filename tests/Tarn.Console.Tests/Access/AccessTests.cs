using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Tarn.Console.Tests.Access;

/// <summary>Who gets in: closed by default, sessions and keys, nothing for foreign pages.</summary>
public sealed partial class AccessTests(Lake lake) : IClassFixture<Lake>
{
    [Theory]
    [InlineData("/api/streams")]
    [InlineData("/api/sql")]
    [InlineData("/api/nothing")]
    [InlineData("/_blazor/negotiate")]
    public async Task Change_WithoutCredentials_Is401(string path)
    {
        using var browser = lake.Anonymous();
        using var answer = await browser.PostAsync(path, null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Basic", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/signin")]
    [InlineData("/sql?query=1", "/signin?to=%2Fsql%3Fquery%3D1")]
    [InlineData("/dashboards/x", "/signin?to=%2Fdashboards%2Fx")]
    public async Task Page_WithoutSession_LeadsToSignIn(string path, string target)
    {
        using var browser = lake.Anonymous();
        using var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(target, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Page_WithKeyButNoSession_LeadsToSignIn()
    {
        using var answer = await lake.Client.GetAsync("/");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("TARNTESTKEY000000001", "wrong")]
    [InlineData("NOBODY", "a secret of the tests")]
    [InlineData("", "")]
    public async Task Api_WithWrongKey_Is401(string id, string secret)
    {
        using var client = lake.Anonymous();
        client.DefaultRequestHeaders.Authorization = Lake.Basic(id, secret);
        using var answer = await client.GetAsync("/api/streams");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var error = (await Lake.ReadAsync(answer)).GetProperty("error");
        Assert.Equal("denied", error.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Health_WithoutCredentials_Answers()
    {
        using var client = lake.Anonymous();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task Request_ForForeignHost_Is403(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };
        using var answer = await lake.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Change_FromForeignPage_Is403(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets");
        request.Headers.Add(header, value);
        using var answer = await lake.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://evil.example")]
    public async Task Websocket_WithoutOwnOrigin_Is403(string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Connection", "Upgrade");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await lake.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Ticket_SignsInOnce()
    {
        var ticket = await lake.PostAsync("/api/tickets", new { next = "/sql" });
        var url = ticket.GetProperty("url").GetString();

        using var browser = lake.Anonymous();
        using var first = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var cookies = first.Headers.GetValues("Set-Cookie");
        var cookie = cookies.Single(text => text.StartsWith("tarn-session-", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sql")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/streams")).StatusCode);

        using var other = lake.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/sql")).StatusCode);
    }

    [Fact]
    public async Task Ticket_ToForeignAddress_IsRefused()
    {
        using var answer = await lake.Client.PostAsJsonAsync("/api/tickets", new { next = "//evil.example" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithKey_OpensPagesUntilSignOut()
    {
        using var browser = lake.Anonymous();
        using var signedIn = await SubmitAsync(browser, Lake.Key.Secret, "/sql");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal("/sql", signedIn.Headers.Location?.OriginalString);

        using var withoutToken = await browser.PostAsync("/signout", null);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sql")).StatusCode);
        var token = FormToken().Match(await browser.GetStringAsync("/signin")).Groups[1].Value;
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = token };
        using var signedOut = await browser.PostAsync("/signout", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/sql")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithWrongSecret_Is401AndOpensNothing()
    {
        using var browser = lake.Anonymous();
        using var answer = await SubmitAsync(browser, "wrong", "/");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithoutFormToken_Is400()
    {
        using var browser = lake.Anonymous();
        var form = new Dictionary<string, string>
        {
            ["access_key_id"] = Lake.Key.AccessKeyId,
            ["secret"] = Lake.Key.Secret,
        };
        using var answer = await browser.PostAsync("/signin", new FormUrlEncodedContent(form));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Page_Always_HasStrictPolicy()
    {
        using var browser = lake.Anonymous();
        using var answer = await browser.GetAsync("/signin");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string secret, string to)
    {
        var token = FormToken().Match(await browser.GetStringAsync("/signin")).Groups[1].Value;
        return await browser.PostAsync("/signin", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["access_key_id"] = Lake.Key.AccessKeyId,
            ["secret"] = secret,
            ["to"] = to,
        }));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
