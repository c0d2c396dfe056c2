using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Query.Executions;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Object by S3, table by Glue, SELECT by Athena, result by both doors: all real.</summary>
public sealed class EndToEndTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new() { RunsQueries = true };

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Select_OverAnObjectThatWasPut_GivesItsRows()
    {
        (await _scene.S3Async(HttpMethod.Put, "/lake")).Ok();
        (await _scene.S3Async(HttpMethod.Put, "/lake/raw/a.json", Encoding.UTF8.GetBytes(
            "{\"user_id\":\"ann\",\"score\":3}\n{\"user_id\":\"bob\"}\n"))).Ok();
        (await _scene.JsonAsync("AWSGlue.CreateTable", JsonNode.Parse("""
            {"DatabaseName":"default","TableInput":{"Name":"scores","TableType":"EXTERNAL_TABLE",
             "StorageDescriptor":{"Location":"s3://lake/raw/",
              "Columns":[{"Name":"user_id","Type":"string"},{"Name":"score","Type":"bigint"}],
              "SerdeInfo":{"SerializationLibrary":"org.openx.data.jsonserde.JsonSerDe"}}}}
            """)!)).Ok();

        var execution = await RunAsync("SELECT user_id, score FROM scores ORDER BY user_id");
        Assert.True(execution.State == QueryState.Succeeded, execution.StateChangeReason);

        var rows = (await CallAsync("GetQueryResults", execution.Id)).Ok().Json["ResultSet"]!["Rows"]!.AsArray();
        Assert.Equal(
            ["user_id,score", "ann,3", "bob,<null>"],
            rows.Select(row => string.Join(
                ',', row!["Data"]!.AsArray().Select(datum => (string?)datum!["VarCharValue"] ?? "<null>"))));
        var result = new Uri(execution.ResultLocation!);
        Assert.Contains(
            "ann", (await _scene.S3Async(HttpMethod.Get, $"/{result.Host}{result.AbsolutePath}")).Ok().Text);
    }

    [Fact]
    public async Task Select_FromATableThatIsNotThere_Fails()
    {
        (await _scene.S3Async(HttpMethod.Put, "/lake")).Ok();

        var execution = await RunAsync("SELECT 1 FROM absent");

        var status = (await CallAsync("GetQueryExecution", execution.Id)).Ok().Json["QueryExecution"]!["Status"]!;
        Assert.Equal("FAILED", (string)status["State"]!);
        Assert.Contains("absent", (string)status["StateChangeReason"]!);
    }

    private async Task<QueryExecution> RunAsync(string sql)
    {
        var started = (await _scene.JsonAsync(
            "AmazonAthena.StartQueryExecution", new JsonObject { ["QueryString"] = sql })).Ok();
        return await _scene.Engine<IQueries>().WaitAsync((string)started.Json["QueryExecutionId"]!, null, default);
    }

    private Task<Answer> CallAsync(string operation, string id) =>
        _scene.JsonAsync("AmazonAthena." + operation, new JsonObject { ["QueryExecutionId"] = id });
}
