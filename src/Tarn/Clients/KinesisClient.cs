using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Clients;

/// <summary>The few Kinesis calls that the command line makes, over the public, signed HTTP API.</summary>
internal sealed class KinesisClient : IDisposable
{
    private static readonly MediaTypeHeaderValue ContentType = new("application/x-amz-json-1.1");

    private readonly HttpClient http;
    private readonly Uri endpoint;

    public KinesisClient(Uri endpoint, AccessKey key, string region, TimeProvider time)
    {
        this.endpoint = endpoint;
        http = new HttpClient(new SigningHandler(key, "kinesis", region, time)) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>
    /// Sends up to 500 records. Outcome i belongs to record i: its sequence number and shard, or the error's code.
    /// </summary>
    public async Task<IReadOnlyList<PutOutcome>> PutRecordsAsync(
        string stream, IReadOnlyList<PutEntry> records, CancellationToken cancellation)
    {
        using var answer = await CallAsync("PutRecords", writer =>
        {
            writer.WriteString("StreamName", stream);
            writer.WriteStartArray("Records");
            foreach (var record in records)
            {
                writer.WriteStartObject();
                writer.WriteBase64String("Data", record.Data.Span);
                writer.WriteString("PartitionKey", record.PartitionKey);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }, cancellation);
        return [.. answer.RootElement.GetProperty("Records").EnumerateArray().Select(row => new PutOutcome(
            Text(row, "ShardId"), Text(row, "SequenceNumber"), Text(row, "ErrorCode"), Text(row, "ErrorMessage")))];
    }

    public async Task<IReadOnlyList<string>> ListShardIdsAsync(string stream, CancellationToken cancellation)
    {
        using var answer = await CallAsync(
            "ListShards", writer => writer.WriteString("StreamName", stream), cancellation);
        return [.. answer.RootElement.GetProperty("Shards").EnumerateArray().Select(row => Text(row, "ShardId")!)];
    }

    /// <summary>
    /// All records of a shard after a sequence number (null: from the oldest), up to the newest at the time of the
    /// call.
    /// </summary>
    public async Task<IReadOnlyList<byte[]>> ReadToTipAsync(
        string stream, string shardId, string? after, CancellationToken cancellation)
    {
        string? iterator;
        using (var answer = await CallAsync("GetShardIterator", writer =>
        {
            writer.WriteString("StreamName", stream);
            writer.WriteString("ShardId", shardId);
            writer.WriteString("ShardIteratorType", after is null ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER");
            if (after is not null)
            {
                writer.WriteString("StartingSequenceNumber", after);
            }
        }, cancellation))
        {
            iterator = Text(answer.RootElement, "ShardIterator");
        }

        var records = new List<byte[]>();
        while (iterator is not null)
        {
            using var answer = await CallAsync(
                "GetRecords", writer => writer.WriteString("ShardIterator", iterator), cancellation);
            records.AddRange(answer.RootElement.GetProperty("Records").EnumerateArray()
                .Select(row => row.GetProperty("Data").GetBytesFromBase64()));
            iterator = answer.RootElement.GetProperty("MillisBehindLatest").GetInt64() == 0
                ? null
                : Text(answer.RootElement, "NextShardIterator");
        }

        return records;
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonDocument> CallAsync(
        string operation, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = ContentType } },
        };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202." + operation);
        using var response = await http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStreamAsync(cancellation);
        if (response.IsSuccessStatusCode)
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
        }

        throw await ErrorAsync(operation, (int)response.StatusCode, body, cancellation);
    }

    private static async Task<TarnException> ErrorAsync(
        string operation, int status, Stream body, CancellationToken cancellation)
    {
        try
        {
            using var error = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            var code = Text(error.RootElement, "__type");
            var message = Text(error.RootElement, "message") ?? Text(error.RootElement, "Message");
            return new TarnException(
                status >= 500 ? ErrorKind.Unavailable : ErrorKind.Invalid,
                $"{operation}: {code}: {message}") { Code = code };
        }
        catch (JsonException error)
        {
            return new TarnException(ErrorKind.Unavailable, $"{operation}: HTTP {status}", cause: error);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
