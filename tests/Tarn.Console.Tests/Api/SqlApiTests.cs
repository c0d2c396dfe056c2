using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tarn.Console.Tests.Api;

/// <summary>SQL through the API, over the real query engine.</summary>
public sealed class SqlApiTests(Lake lake) : IClassFixture<Lake>
{
    private const string Numbers = "SELECT n, n * 10 AS t FROM UNNEST(sequence(1, 2500)) AS s(n) ORDER BY n";

    [Fact]
    public async Task Query_ThatSucceeds_GivesRowsByPage()
    {
        var ended = await RunAsync(Numbers);
        Assert.Equal("succeeded", ended.GetProperty("state").GetString());
        Assert.Equal(1, ended.GetProperty("progress").GetDouble());
        Assert.Equal(2500, ended.GetProperty("row_count").GetInt64());
        Assert.Equal(JsonValueKind.Null, ended.GetProperty("error").ValueKind);
        Assert.StartsWith("s3://", ended.GetProperty("result_location").GetString(), StringComparison.Ordinal);

        var path = $"/api/sql/{ended.GetProperty("id").GetString()}/rows";
        var first = await lake.GetAsync(path + "?max=2");
        Assert.Equal("""[["1","10"],["2","20"]]""", first.GetProperty("rows").GetRawText());
        Assert.Equal("n", first.GetProperty("columns")[0].GetProperty("name").GetString());
        Assert.Equal(2, first.GetProperty("next_row").GetInt64());
        var last = await lake.GetAsync(path + "?first=2499");
        Assert.Equal("""[["2500","25000"]]""", last.GetProperty("rows").GetRawText());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next_row").ValueKind);
    }

    [Fact]
    public async Task Query_OfUnknownTable_FailsWithAthenasCode()
    {
        var ended = await RunAsync("SELECT * FROM nowhere");

        Assert.Equal("failed", ended.GetProperty("state").GetString());
        Assert.Equal("TABLE_NOT_FOUND", ended.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Statement_OfAnotherEngine_AnswersText()
    {
        var sql = "CREATE MATERIALIZED VIEW total AS SELECT count(*) AS n FROM scores";
        var answer = await lake.PostAsync("/api/sql", new { sql });

        Assert.Contains("total", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        await lake.PostAsync("/api/sql", new { sql = "DROP MATERIALIZED VIEW total" });
        Assert.Equal(HttpStatusCode.NotFound, (await lake.Client.GetAsync("/api/views/total")).StatusCode);
    }

    [Fact]
    public async Task Query_Stopped_IsCancelled()
    {
        var endless = "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) "
            + "CROSS JOIN UNNEST(sequence(1, 10000)) b(y) "
            + "CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE x + y * z = 7";
        var started = await lake.PostAsync("/api/sql", new { sql = endless });
        var path = "/api/sql/" + started.GetProperty("id").GetString();
        using var stopped = await lake.Client.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        var ended = await lake.GetAsync(path + "?wait_ms=30000");

        Assert.Equal("cancelled", ended.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Estimate_OfQuery_GivesBytesAndPrice()
    {
        var estimate = await lake.PostAsync("/api/sql/estimate", new { sql = Numbers });

        Assert.Equal(0, estimate.GetProperty("bytes").GetInt64());
        Assert.True(estimate.TryGetProperty("athena_price_usd", out _));
    }

    [Theory]
    [InlineData("""{"sql":"SELECT 1","datbase":"x"}""", "datbase")]
    [InlineData("""{"database":"x"}""", "sql")]
    [InlineData("""{"sql":" "}""", "sql is empty")]
    [InlineData("""{"sql":""", "JSON")]
    public async Task Request_ThatIsWrong_Is400AndSaysWhere(string body, string word)
    {
        using var content = new StringContent(body);
        using var answer = await lake.Client.PostAsync("/api/sql", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/sql/none", HttpStatusCode.NotFound)]
    [InlineData("/api/sql/none?wait_ms=30001", HttpStatusCode.BadRequest)]
    [InlineData("/api/sql/none?wait=1", HttpStatusCode.BadRequest)]
    [InlineData("/api/sql?max=0", HttpStatusCode.BadRequest)]
    public async Task Get_OfWrongPath_IsAnError(string path, HttpStatusCode status)
    {
        using var answer = await lake.Client.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.True((await Lake.ReadAsync(answer)).TryGetProperty("error", out _));
    }

    private async Task<JsonElement> RunAsync(string sql)
    {
        var started = await lake.PostAsync("/api/sql", new { sql });
        return await lake.GetAsync($"/api/sql/{started.GetProperty("id").GetString()}?wait_ms=30000");
    }
}
