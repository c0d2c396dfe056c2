using System.Text.Json;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>Debian's aws cli, unmodified, with tables of its own.</summary>
public sealed class AwsCliAthenaTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";

    [ClientFact(Cli)]
    public async Task Tables_CreateInsertUnloadExecuteAndPage_Work()
    {
        await RowsAsync("CREATE DATABASE clishop");
        await RowsAsync(
            "CREATE TABLE clishop.t WITH (external_location = 's3://lake/cli/t/') AS "
            + "SELECT n, CAST(n % 3 AS varchar) AS mod FROM UNNEST(sequence(1, 1500)) AS x (n)");
        await RowsAsync("INSERT INTO clishop.t SELECT n + 1500, NULL FROM clishop.t WHERE n <= 2");

        var rows = await RowsAsync("SELECT n, mod FROM clishop.t ORDER BY n");
        Assert.Equal(1503, rows.Count);
        Assert.Equal(("n,mod", "1500,0", "1502,NULL"), (rows[0], rows[1500], rows[^1]));

        await OkAsync(
            "athena", "create-prepared-statement", "--statement-name", "of_mod", "--work-group", "primary",
            "--query-statement", "SELECT count(*) AS found FROM clishop.t WHERE mod = ?");
        Assert.Equal(["found", "500"], await RowsAsync("EXECUTE of_mod", "--execution-parameters", "'0'"));

        await RowsAsync(
            "UNLOAD (SELECT n FROM clishop.t WHERE n < 3 ORDER BY n) TO 's3://lake/cli/out/' "
            + "WITH (format = 'JSON', compression = 'NONE')");
        var listed = await OkAsync("s3api", "list-objects-v2", "--bucket", "lake", "--prefix", "cli/out/");
        var key = Assert.Single(listed.GetProperty("Contents").EnumerateArray()).GetProperty("Key").GetString();
        Assert.Equal(
            "{\"n\":1}\n{\"n\":2}\n", (await RunAsync("s3", "cp", $"s3://lake/{key}", "-")).MustSucceed());
    }

    [ClientFact(Cli)]
    public async Task StopQueryExecution_OfALongQuery_CancelsIt()
    {
        var id = await StartAsync(
            "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
            + "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2");

        (await RunAsync("athena", "stop-query-execution", "--query-execution-id", id)).MustSucceed();

        var status = (await OkAsync("athena", "get-query-execution", "--query-execution-id", id))
            .GetProperty("QueryExecution").GetProperty("Status");
        Assert.Equal("CANCELLED", status.GetProperty("State").GetString());
    }

    /// <summary>
    /// Runs a statement to its end and reads all pages, as the cli does by itself: values joined by commas.
    /// </summary>
    private async Task<List<string>> RowsAsync(string sql, params string[] more)
    {
        var id = await StartAsync(sql, more);
        var state = "QUEUED";
        JsonElement status = default;
        for (var i = 0; i < 200 && state is "QUEUED" or "RUNNING"; i++)
        {
            status = (await OkAsync("athena", "get-query-execution", "--query-execution-id", id))
                .GetProperty("QueryExecution").GetProperty("Status");
            state = status.GetProperty("State").GetString();
        }

        Assert.True(state == "SUCCEEDED", $"{sql}: {status}");
        var results = await OkAsync("athena", "get-query-results", "--query-execution-id", id);
        return
        [
            .. results.GetProperty("ResultSet").GetProperty("Rows").EnumerateArray().Select(row => string.Join(
                ',',
                row.GetProperty("Data").EnumerateArray().Select(cell =>
                    cell.TryGetProperty("VarCharValue", out var value) ? value.GetString() : "NULL"))),
        ];
    }

    private async Task<string> StartAsync(string sql, params string[] more) =>
        (await OkAsync(["athena", "start-query-execution", "--query-string", sql, .. more]))
            .GetProperty("QueryExecutionId").GetString()!;

    private async Task<JsonElement> OkAsync(params string[] arguments)
    {
        var text = (await RunAsync(arguments)).MustSucceed();
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return document.RootElement.Clone();
    }

    private Task<ClientOutput> RunAsync(params IEnumerable<string> arguments) =>
        fixture.RunAsync(Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), "--output", "json", .. arguments]);
}
