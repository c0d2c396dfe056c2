using System.Diagnostics;
using System.Text;
using System.Text.Json;
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
            token = ReadPage((await ExchangeAsync("GetQueryResults", Page(id, token))).Span, rows);
        }
        while (token is not null);

        return (clock.Elapsed, rows.Count == 0 ? rows : rows[1..]); // The first of a query is the header.
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

    /// <summary>Adds the rows as text, as the raw side makes them; returns the next page's token.</summary>
    private static string? ReadPage(ReadOnlySpan<byte> page, List<string> rows)
    {
        // {"ResultSet":{"Rows":[{"Data":[{"VarCharValue":...
        const int DataDepth = 4;
        const int CellDepth = 5;
        var reader = new Utf8JsonReader(page);
        var values = new List<string?>();
        var (token, value) = ((string?)null, (string?)null);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.ValueTextEquals("VarCharValue"u8):
                    reader.Read();
                    value = reader.GetString();
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("NextToken"u8):
                    reader.Read();
                    token = reader.GetString();
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("ResultSetMetadata"u8):
                    reader.Read();
                    reader.Skip();
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == CellDepth:
                    values.Add(value);
                    value = null;
                    break;
                case JsonTokenType.EndArray when reader.CurrentDepth == DataDepth:
                    rows.Add(string.Join(' ', values));
                    values.Clear();
                    break;
            }
        }

        return token;
    }

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
        return JsonNode.Parse((await ExchangeAsync(operation, input)).Span)!;
    }

    private ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(string operation, JsonObject input)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        return connection.ExchangeAsync(_signer.Sign(operation, body));
    }
}
