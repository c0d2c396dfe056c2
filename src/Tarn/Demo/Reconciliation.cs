using System.Globalization;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Demo;

/// <summary>
/// Compares what the producer was acknowledged with what each part of the lake has: the live view, the raw minute
/// batches and the Parquet table. Counts, distinct ids and the sum of all scores must agree.
/// </summary>
internal sealed record Reconciliation(
    long Acknowledged, Tally Live, Tally Raw, Tally Parquet, long AcknowledgedPoints)
{
    /// <summary>Acknowledged records that the emptiest part lacks.</summary>
    public long Lost => Math.Max(0, Acknowledged - new[] { Live.Distinct, Raw.Distinct, Parquet.Distinct }.Min());

    /// <summary>Records that are there more than once, or without having been acknowledged.</summary>
    public long Duplicated => new[] { Live, Raw, Parquet }
        .Sum(part => part.Count - part.Distinct + Math.Max(0, part.Distinct - Acknowledged));

    public bool Agrees => Lost == 0 && Duplicated == 0
        && new[] { Live, Raw, Parquet }.All(part => part.Count == Acknowledged && part.Points == AcknowledgedPoints);

    /// <summary>Brings everything to its end and counts. Each step is told to <paramref name="step"/>.</summary>
    public static async Task<Reconciliation> RunAsync(
        ConsoleClient console, ScoreProducer producer, Action<string> step, CancellationToken cancellation)
    {
        var sql = new SqlClient(console);
        step("counting the last records live");
        await console.PostAsync("/api/views/games_per_user/catch-up", null, cancellation);
        await console.PostAsync("/api/views/score_per_minute/catch-up", null, cancellation);
        var games = await sql.OneRowAsync("SELECT sum(games) FROM games_per_user", cancellation);
        var points = await sql.OneRowAsync("SELECT sum(score) FROM score_per_minute", cancellation);
        var live = new Tally(Number(games.Row[0]), Number(games.Row[0]), Number(points.Row[0]), 0);

        step("delivering the last batch");
        await console.PostAsync("/api/delivery/scores/flush", null, cancellation);

        step("turning new batches into Parquet");
        var run = await console.PostAsync("/api/jobs/curate_scores/run", null, cancellation);
        if (run.GetProperty("state").GetString() != "succeeded")
        {
            throw new TarnException(
                ErrorKind.Unavailable, "the job curate_scores failed: " + run.GetProperty("error").GetString());
        }

        step("asking in SQL");
        return new Reconciliation(
            producer.Acknowledged,
            live,
            await CountAsync(sql, "raw.scores", cancellation),
            await CountAsync(sql, "curated.scores", cancellation),
            producer.AcknowledgedPoints);
    }

    private static async Task<Tally> CountAsync(SqlClient sql, string table, CancellationToken cancellation)
    {
        var (row, scanned) = await sql.OneRowAsync(
            $"SELECT count(*), count(DISTINCT game_id), sum(score) FROM {table}", cancellation);
        return new Tally(Number(row[0]), Number(row[1]), Number(row[2]), scanned);
    }

    private static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
