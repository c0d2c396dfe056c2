using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Storage.Access;

namespace Tarn.Console.Tests.Access;

/// <summary>Users and grants through <c>/api</c>, which is root's alone.</summary>
public sealed class UserAccessTests(Lake lake) : IClassFixture<Lake>
{
    private IUsers Users => lake.Engines.GetRequiredService<IUsers>();

    [Fact]
    public async Task Api_WithAUsersKey_Is403()
    {
        var key = await Users.CreateAsync("no-root", given: null, default);
        await Users.GrantAsync(new Grant("no-root", GrantLevel.Admin, "lake", ""), default);
        using var client = lake.Anonymous();
        client.DefaultRequestHeaders.Authorization = Lake.Basic(key.AccessKeyId, key.Secret);
        foreach (var path in new[] { "/api/streams", "/api/users", "/metrics" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            var error = (await Lake.ReadAsync(answer)).GetProperty("error");
            Assert.Contains("no-root", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        using var sql = await client.PostAsJsonAsync("/api/sql", new { sql = "SELECT 1" });
        Assert.Equal(HttpStatusCode.Forbidden, sql.StatusCode);
    }

    [Fact]
    public async Task Users_MadeAndChanged_AreListedWithoutSecrets()
    {
        var made = await lake.PostAsync("/api/users", new { name = "api-user" });
        var secret = made.GetProperty("secret").GetString()!;
        var id = made.GetProperty("access_key_id").GetString()!;
        Assert.Equal(secret, lake.Engines.GetRequiredService<IAccessKeys>().Find(id)!.Secret);
        await lake.PostAsync(
            "/api/users/api-user/keys", new { access_key_id = "BROUGHTBROUGHT16", secret = "brought-along" });
        await lake.PostAsync(
            "/api/grants", new { user = "api-user", level = "read", bucket = "lake", prefix = "a b/ä/" });
        (await lake.Client.PatchAsJsonAsync($"/api/users/api-user/keys/{id}", new { active = false }))
            .EnsureSuccessStatusCode();

        var text = await lake.Client.GetStringAsync("/api/users");
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("brought-along", text, StringComparison.Ordinal);
        var user = (await lake.GetAsync("/api/users")).EnumerateArray()
            .Single(user => user.GetProperty("name").GetString() == "api-user");
        Assert.Equal(
            [(id, false), ("BROUGHTBROUGHT16", true)],
            user.GetProperty("keys").EnumerateArray().Select(key =>
                (key.GetProperty("access_key_id").GetString()!, key.GetProperty("active").GetBoolean())));
        var grant = Assert.Single((await lake.GetAsync("/api/grants?user=api-user")).EnumerateArray());
        Assert.Equal("a b/ä/", grant.GetProperty("prefix").GetString());

        var place = "user=api-user&bucket=lake&prefix=" + Uri.EscapeDataString("a b/ä/");
        (await lake.Client.DeleteAsync("/api/grants?" + place)).EnsureSuccessStatusCode();
        (await lake.Client.DeleteAsync($"/api/users/api-user/keys/{id}")).EnsureSuccessStatusCode();
        Assert.Empty((await lake.GetAsync("/api/grants?user=api-user")).EnumerateArray());
        (await lake.Client.DeleteAsync("/api/users/api-user")).EnsureSuccessStatusCode();
        Assert.Null(Users.Find("api-user"));
    }

    [Theory]
    [InlineData("/api/users", """{"name":"half","access_key_id":"MYOWNKEYMYOWNKEY"}""", "secret")]
    [InlineData("/api/users", """{"name":"a/b"}""", "a/b")]
    [InlineData("/api/users", """{"name":"x","admin":true}""", "name")]
    [InlineData("/api/grants", """{"user":"nobody","level":"own","bucket":"lake"}""", "level")]
    public async Task Change_WhatIsNotUnderstood_IsRefusedByName(string path, string body, string named)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await lake.Client.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
