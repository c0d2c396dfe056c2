using System.Text.Json;
using Tarn.Clients;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Demo;

/// <summary>
/// Sends scores at a steady rate through the signed Kinesis API and counts what was acknowledged. A request whose
/// answer never came (the server was killed) is in doubt: its records may or may not be on disk. The producer then
/// reads the shards from the last acknowledged record on, counts those that are there and sends the others again,
/// so nothing is lost or doubled.
/// </summary>
internal sealed class ScoreProducer(
    KinesisClient kinesis, string stream, int ratePerSecond, ScoreGenerator generator, TimeProvider time)
{
    private const int BatchRecordsMax = 500;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, SequenceNumber> lastPerShard = [];
    private long acknowledged;
    private long acknowledgedPoints;

    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Sum of the scores acknowledged, to compare contents and not just counts.</summary>
    public long AcknowledgedPoints => Interlocked.Read(ref acknowledgedPoints);

    /// <summary>Requests whose answer never came.</summary>
    public int InDoubt { get; private set; }

    /// <summary>Produces until <paramref name="stop"/>; returns when every record taken up is acknowledged.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var started = time.GetTimestamp();
        long produced = 0;
        while (!stop.IsCancellationRequested)
        {
            var due = (long)(time.GetElapsedTime(started).TotalSeconds * ratePerSecond) - produced;
            if (due <= 0)
            {
                await Task.Delay(Tick, time, abort);
                continue;
            }

            var batch = Enumerable.Range(0, (int)Math.Min(due, BatchRecordsMax)).Select(_ => generator.Next()).ToList();
            produced += batch.Count;
            await SendAsync(batch, abort);
        }
    }

    private async Task SendAsync(List<Score> pending, CancellationToken abort)
    {
        while (pending.Count > 0)
        {
            try
            {
                pending = await PutAsync(pending, abort);
                if (pending.Count > 0)
                {
                    await Task.Delay(RetryDelay, time, abort);
                }
            }
            catch (Exception error) when (IsConnectionLoss(error, abort))
            {
                InDoubt++;
                pending = await ResolveAsync(pending, abort);
            }
        }
    }

    /// <summary>Sends once and returns the records that the server refused.</summary>
    private async Task<List<Score>> PutAsync(List<Score> scores, CancellationToken abort)
    {
        var outcomes = await kinesis.PutRecordsAsync(
            stream, [.. scores.Select(score => new PutEntry(score.UserId, score.ToJson()))], abort);
        var refused = new List<Score>();
        for (var i = 0; i < scores.Count; i++)
        {
            if (outcomes[i].ErrorCode is null && SequenceNumber.TryParse(outcomes[i].SequenceNumber, out var number))
            {
                Count(scores[i]);
                var shard = outcomes[i].ShardId!;
                if (!lastPerShard.TryGetValue(shard, out var last) || number > last)
                {
                    lastPerShard[shard] = number;
                }
            }
            else
            {
                refused.Add(scores[i]);
            }
        }

        return refused;
    }

    /// <summary>
    /// Waits for the server, then returns those records of a request in doubt that are not on its shards.
    /// </summary>
    private async Task<List<Score>> ResolveAsync(List<Score> inDoubt, CancellationToken abort)
    {
        while (true)
        {
            try
            {
                var present = new HashSet<string>();
                foreach (var shard in await kinesis.ListShardIdsAsync(stream, abort))
                {
                    var after = lastPerShard.TryGetValue(shard, out var last) ? last.ToString() : null;
                    foreach (var data in await kinesis.ReadToTipAsync(stream, shard, after, abort))
                    {
                        using var record = JsonDocument.Parse(data);
                        present.Add(record.RootElement.GetProperty("game_id").GetString()!);
                    }
                }

                foreach (var score in inDoubt.Where(score => present.Contains(score.GameId)))
                {
                    Count(score);
                }

                return [.. inDoubt.Where(score => !present.Contains(score.GameId))];
            }
            catch (Exception error) when (IsConnectionLoss(error, abort))
            {
                await Task.Delay(RetryDelay, time, abort);
            }
        }
    }

    private void Count(Score score)
    {
        Interlocked.Increment(ref acknowledged);
        Interlocked.Add(ref acknowledgedPoints, score.Points);
    }

    private static bool IsConnectionLoss(Exception error, CancellationToken abort) =>
        !abort.IsCancellationRequested
        && (error is HttpRequestException or IOException or OperationCanceledException
            || error is TarnException { Kind: ErrorKind.Unavailable });
}
