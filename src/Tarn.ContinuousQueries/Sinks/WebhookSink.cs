using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// Sinks into webhooks, at least once: an epoch's rows are posted in parts of bounded size, one after the other, each
/// with the id <c>sink_ID_EPOCH_PART</c>. The same epoch has the same parts always, so that a receiver can drop what
/// comes again. While the process lives, an accepted part is not posted again.
/// </summary>
internal sealed class WebhookSink(IWebhooks webhooks, RetryPauses pauses, TimeProvider time) : ISinkTarget
{
    /// <summary>Rows of one post that a sink may ask for.</summary>
    public const int RowsMax = 10_000;

    private const int RowsUsual = 500;

    /// <summary>Bytes of rows from which on a post is full: a larger row is alone in its post.</summary>
    private const int BytesMax = 256 << 10;

    private readonly ConcurrentDictionary<string, Progress> _progress = new(StringComparer.Ordinal);

    public SinkTargetKind Kind => SinkTargetKind.Webhook;

    public TimeSpan CommitInterval => TimeSpan.FromSeconds(1);

    public Task PrepareAsync(SinkSpec sink, ViewPlan plan, CancellationToken cancellation)
    {
        webhooks.CheckName(sink.Target.Name);
        SinkJson.CheckNames(sink, plan);
        return Task.CompletedTask;
    }

    public Task<string?> PlaceAsync(SinkSpec sink, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async Task DeliverAsync(SinkSpec sink, SinkEpoch epoch, CancellationToken cancellation)
    {
        var progress = _progress.GetValueOrDefault(sink.Id) is { } known && known.Epoch == epoch.Number
            ? known : new Progress(epoch.Number, Parts: 0, Failures: 0, default);
        if (progress.NotBefore - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, cancellation).ConfigureAwait(false);
        }

        var part = 0;
        foreach (var body in Bodies(sink, epoch))
        {
            part++;
            if (part <= progress.Parts)
            {
                continue;
            }

            var answer = await webhooks
                .PostAsync(new WebhookPost(sink.Target.Name, IdOf(sink, epoch, part), body), cancellation)
                .ConfigureAwait(false);
            if (answer is WebhookRefused refused)
            {
                var failures = progress.Failures + 1;
                _progress[sink.Id] = progress with
                {
                    Failures = failures,
                    NotBefore = time.GetUtcNow() + pauses.After(failures, refused.RetryAfter),
                };
                throw new TarnException(
                    refused.MayPass ? ErrorKind.Unavailable : ErrorKind.Invalid,
                    $"webhook '{sink.Target.Name}': {refused.Reason}");
            }

            progress = new Progress(epoch.Number, part, Failures: 0, default);
            _progress[sink.Id] = progress;
        }
    }

    public Task ForgetAsync(SinkSpec sink, CancellationToken cancellation)
    {
        _progress.TryRemove(sink.Id, out _);
        return Task.CompletedTask;
    }

    private static string IdOf(SinkSpec sink, SinkEpoch epoch, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"sink_{sink.Id}_{epoch.Number}_{part}");

    /// <summary>Removals first, then rows, as records of a stream have them.</summary>
    private static IEnumerable<byte[]> Bodies(SinkSpec sink, SinkEpoch epoch)
    {
        var json = new SinkJson(epoch);
        var rowsMax = sink.Options.BatchRows ?? RowsUsual;
        var (rows, bytes, part) = (new List<byte[]>(), 0, 1);
        var all = Enumerable.Range(0, epoch.Removed?.Count ?? 0).Select(json.Removal)
            .Concat(Enumerable.Range(0, epoch.Rows.Count).Select(json.Row));
        foreach (var row in all)
        {
            if (rows.Count == rowsMax || (rows.Count > 0 && bytes + row.Length > BytesMax))
            {
                yield return Body(sink, epoch, part++, rows);
                (rows, bytes) = ([], 0);
            }

            rows.Add(row);
            bytes += row.Length;
        }

        yield return Body(sink, epoch, part, rows);
    }

    private static byte[] Body(SinkSpec sink, SinkEpoch epoch, int part, List<byte[]> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("type", "sink.rows");
            json.WriteString("id", IdOf(sink, epoch, part));
            json.WriteString("sink", sink.Name);
            json.WriteString("view", $"{sink.Query.Database}.{sink.View}");
            json.WriteNumber("epoch", epoch.Number);
            json.WriteNumber("part", part);
            json.WriteStartArray("rows");
            rows.ForEach(row => json.WriteRawValue(row, skipInputValidation: true));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>How far an epoch is.</summary>
    /// <param name="Parts">Accepted.</param>
    /// <param name="Failures">Attempts of the next part that failed.</param>
    /// <param name="NotBefore">When it may be tried again.</param>
    private sealed record Progress(long Epoch, int Parts, int Failures, DateTimeOffset NotBefore);
}
