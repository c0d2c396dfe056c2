using System.Net;
using System.Text.Json;
using Tarn.Console.Tests.Events;

namespace Tarn.Console.Tests.Api;

/// <summary>What the API tells of sources and views beside their status.</summary>
public sealed class QueryDetailsApiTests(Lake lake) : IClassFixture<Lake>
{
    [Fact]
    public async Task Sources_AreListedWithColumnsAndReaders()
    {
        var source = (await lake.GetAsync("/api/sources")).EnumerateArray().Single();

        Assert.Equal(("scores", "scores", "JSON"), (
            source.GetProperty("name").GetString(),
            source.GetProperty("stream").GetString(),
            source.GetProperty("format").GetString()));
        Assert.Equal(JsonValueKind.Null, source.GetProperty("watermark").ValueKind);
        Assert.Equal("BIGINT", source.GetProperty("columns")[1].GetProperty("type").GetString());
        Assert.StartsWith("CREATE SOURCE scores", source.GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.Contains("games", source.GetProperty("read_by").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Details_AfterAGoodAndABadRecord_ShowBatchesInputsAndReason()
    {
        await lake.PutAsync("""{"user_id":"a","score":1}""", """{"user_id":"a","score":"<b>much</b>"}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });

        var details = await lake.GetAsync("/api/views/games/details?max=1");

        Assert.Equal("scores", details.GetProperty("inputs")[0].GetProperty("stream").GetString());
        var batches = details.GetProperty("batches").EnumerateArray().ToList();
        Assert.True(batches.Sum(second => second.GetProperty("records").GetInt64()) >= 2);
        Assert.All(batches, second => Assert.True(second.GetProperty("milliseconds_max").GetDouble() > 0));
        var error = Assert.Single(details.GetProperty("errors").EnumerateArray());
        Assert.Contains("<b>much</b>", error.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", error.GetProperty("sequence_number").GetString());
        Assert.Empty(details.GetProperty("late").EnumerateArray());
    }

    [Fact]
    public async Task Batches_Watched_ComeAsRows()
    {
        await lake.PutAsync("""{"user_id":"b","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        await using var events = await EventReader.OpenAsync(lake.Client, "/api/views/games/batches/events");

        var (name, rows) = await events.NextAsync();

        Assert.Equal("tile-0", name);
        Assert.Equal("at", rows.GetProperty("columns")[0].GetProperty("name").GetString());
        Assert.NotEmpty(rows.GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task Subscription_WithRowsMax_IsCutAndTellsHowManyThereAre()
    {
        await lake.PutAsync("""{"user_id":"c"}""", """{"user_id":"d"}""", """{"user_id":"e"}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        await using var events = await EventReader.OpenAsync(
            lake.Client, "/api/subscriptions?sql=SUBSCRIBE%20TO%20games&rows_max=2");

        var (name, snapshot) = await events.NextAsync();

        Assert.Equal("snapshot", name);
        Assert.Equal(2, snapshot.GetProperty("rows").GetArrayLength());
        Assert.True(snapshot.GetProperty("row_count").GetInt32() >= 3);
    }

    [Fact]
    public async Task Changes_OfAView_NeedAKey()
    {
        using var anonymous = lake.Anonymous();
        foreach (var path in new[] { "pause", "resume", "backfill", "catch-up" })
        {
            using var answer = await anonymous.PostAsync($"/api/views/games/{path}", content: null);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var read = await anonymous.GetAsync("/api/views/games/details");
        Assert.Equal(HttpStatusCode.Unauthorized, read.StatusCode);
    }

    [Theory]
    [InlineData("/api/views/games/details?max=0", "1 to 1000")]
    [InlineData("/api/views/games/details?count=3", "count")]
    [InlineData("/api/sources?max=3", "max")]
    [InlineData("/api/views/games/events?rows_max=none", "rows_max")]
    public async Task Parameter_ThatIsNotKnown_IsRefusedByName(string path, string word)
    {
        using var answer = await lake.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
