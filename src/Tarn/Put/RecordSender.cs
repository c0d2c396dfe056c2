using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Put;

/// <summary>
/// Sends a file's lines in batches. Refused records are sent again with backoff; when the connection breaks it
/// stops and says how many lines are surely in the stream: it never resumes by itself, as the last batch may have
/// arrived.
/// </summary>
internal sealed class RecordSender(KinesisClient kinesis, string stream, string? keyField, TimeProvider time)
{
    private const int BatchRecordsMax = 500;
    private const int BatchBytesMax = 4 << 20;
    private const int AttemptsMax = 10;

    /// <summary>Lines acknowledged, counted from the file's beginning (skipped ones included).</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Sends all lines after the first <paramref name="skip"/>.</summary>
    public async Task SendAsync(JsonLinesFile file, long skip, Action progress, CancellationToken cancellation)
    {
        while (Acknowledged < skip && file.Next() is not null)
        {
            Acknowledged++;
        }

        var batch = new List<PutEntry>();
        var bytes = 0;
        while (file.Next() is { } line)
        {
            var data = Encoding.UTF8.GetBytes(line);
            if (batch.Count == BatchRecordsMax || (batch.Count > 0 && bytes + data.Length > BatchBytesMax))
            {
                await SendBatchAsync(batch, cancellation);
                progress();
                batch.Clear();
                bytes = 0;
            }

            batch.Add(new PutEntry(PartitionKey(line, data, file), data));
            bytes += data.Length;
        }

        await SendBatchAsync(batch, cancellation);
        progress();
    }

    private async Task SendBatchAsync(IReadOnlyList<PutEntry> batch, CancellationToken cancellation)
    {
        var pending = batch;
        for (var attempt = 1; pending.Count > 0; attempt++)
        {
            var outcomes = await PutAsync(pending, cancellation);
            var refused = pending.Where((_, i) => outcomes[i].ErrorCode is not null).ToList();
            Acknowledged += pending.Count - refused.Count;
            if (refused.Count > 0 && attempt == AttemptsMax)
            {
                var reason = outcomes.First(outcome => outcome.ErrorCode is not null);
                throw new TarnException(
                    ErrorKind.Unavailable,
                    $"{refused.Count} records were refused {AttemptsMax} times",
                    $"{reason.ErrorCode}: {reason.ErrorMessage}; {Acknowledged} records are in the stream");
            }

            pending = refused;
            if (pending.Count > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), time, cancellation);
            }
        }
    }

    private async Task<IReadOnlyList<PutOutcome>> PutAsync(
        IReadOnlyList<PutEntry> batch, CancellationToken cancellation)
    {
        try
        {
            return await kinesis.PutRecordsAsync(stream, batch, cancellation);
        }
        catch (TarnException error) when (error.Code == "ResourceNotFoundException")
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"there is no stream '{stream}'",
                hint: $"aws kinesis create-stream --stream-name {stream} --shard-count 1, or name it in a lake.yaml",
                cause: error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new TarnException(
                ErrorKind.Unavailable,
                $"the connection broke: {error.Message}",
                $"{Acknowledged} lines are surely in the stream, the next {batch.Count} may be",
                $"look at the stream, then go on with --skip {Acknowledged}",
                error);
        }
    }

    private string PartitionKey(string line, byte[] data, JsonLinesFile file)
    {
        if (keyField is null)
        {
            return Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 16));
        }

        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty(keyField, out var value) && value.ToString() is { Length: > 0 } key
            ? key
            : throw new TarnException(
                ErrorKind.Invalid, $"line {file.Line} has no '{keyField}' to be its partition key");
    }
}
