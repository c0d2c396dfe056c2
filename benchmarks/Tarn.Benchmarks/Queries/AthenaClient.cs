using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Benchmarks.Ingest.Wire;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Queries;

/// <summary>Runs queries as Athena's clients do: start, ask until it has ended, read the pages of the result.</summary>
internal sealed class AthenaClient(WireConnection connection, Uri address) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    private readonly RequestSigner _signer = new(BenchmarkLake.Key, WireService.Athena, address);

    public static async Task<AthenaClient> ConnectAsync(Uri address) =>
        new(await WireConnection.OpenAsync(address), address);

    /// <summary>From the start to the last row in hand; rows have their values joined by spaces.</summary>
    public async Task<(TimeSpan Elapsed, IReadOnlyList<string> Rows)> RunAsync(string sql, string database)
    {
        var clock = Stopwatch.StartNew();
        var started = await CallAsync("StartQueryExecution", new JsonObject
        {
            ["QueryString"] = sql,
            ["QueryExecutionContext"] = new JsonObject { ["Database"] = database },
        });
        var id = (string)started["QueryExecutionId"]!;
        await WaitAsync(id, sql);
        var rows = new List<string>();
        string? token = null;
        do
        {
            var page = await CallAsync("GetQueryResults", Page(id, token));
            rows.AddRange(page["ResultSet"]!["Rows"]!.AsArray().Select(row => Text(row!)));
            token = (string?)page["NextToken"];
        }
        while (token is not null);

        return (clock.Elapsed, rows[1..]); // The first is the header.
    }

    public void Dispose() => connection.Dispose();

    private static JsonObject Page(string id, string? token)
    {
        var request = new JsonObject { ["QueryExecutionId"] = id };
        if (token is not null)
        {
            request["NextToken"] = token;
        }

        return request;
    }

    private static string Text(JsonNode row) =>
        string.Join(' ', row["Data"]!.AsArray().Select(cell => (string?)cell!["VarCharValue"]));

    private async Task WaitAsync(string id, string sql)
    {
        while (true)
        {
            var answer = await CallAsync("GetQueryExecution", new JsonObject { ["QueryExecutionId"] = id });
            var status = answer["QueryExecution"]!["Status"]!;
            switch ((string)status["State"]!)
            {
                case "SUCCEEDED":
                    return;
                case "QUEUED" or "RUNNING":
                    await Task.Delay(PollInterval);
                    break;
                default:
                    throw new InvalidDataException($"'{sql}' failed: {status["StateChangeReason"]}");
            }
        }
    }

    private async Task<JsonNode> CallAsync(string operation, JsonObject input)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        var answer = await connection.ExchangeAsync(_signer.Sign(operation, body));
        return JsonNode.Parse(answer.Span)!;
    }
}
