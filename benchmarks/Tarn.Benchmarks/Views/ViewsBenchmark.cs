using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.ContinuousQueries;
using Tarn.Query.Executions;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// A count per user as a materialized view over a filled stream, from CREATE to the view having counted all, beside the
/// same count by hand over the same log.
/// </summary>
internal sealed class ViewsBenchmark(BenchmarkOptions options, string directory)
{
    private static readonly int[] UserCounts = [50, 1_000_000];

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        await lake.Get<IObjectStore>().CreateBucketAsync("lake", CancellationToken.None);
        var table = new FigureTable(
            $"Count per user of {FigureText.Rate(options.Records)} records, one shard, batches of 10,000",
            "users", "what", "records/s", "CPU ns/record", "tarn / this");
        foreach (var users in UserCounts)
        {
            await RunAsync(lake, users, table);
        }

        table.Print();
    }

    private async Task RunAsync(BenchmarkLake lake, int users, FigureTable table)
    {
        var streams = lake.Get<IStreams>();
        var stream = $"scores_{users}";
        await StreamFill.FillAsync(streams, stream, options.Records, users);
        await ExecuteAsync(lake, $"CREATE SOURCE {stream} (user_id BIGINT, game VARCHAR, score BIGINT) "
            + $"FROM STREAM '{stream}' FORMAT JSON");

        var (tarn, hand) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var counted = await CountAsync(lake, $"per_user_{users}_{round}", stream);
            var byHand = await DictionaryCount.RunAsync(streams, stream, options.Records);
            if (round > 0) // The first one warms up.
            {
                tarn.Add(counted);
                hand.Add(byHand);
            }
        }

        var label = users.ToString("#,0", CultureInfo.InvariantCulture);
        var best = tarn.Rate(options.Records);
        foreach (var (what, rounds) in new[]
            { ("tarn: materialized view", tarn), ("ceiling: dictionary and Utf8JsonReader", hand) })
        {
            var rate = rounds.Rate(options.Records);
            table.Add(
                label,
                what,
                FigureText.Rate(rate),
                FigureText.Number(rounds.CpuCost(options.Records)),
                FigureText.Ratio(best / rate));
        }
    }

    private async Task<Measured> CountAsync(BenchmarkLake lake, string view, string source)
    {
        var clock = new CpuClock();
        await ExecuteAsync(lake, $"CREATE MATERIALIZED VIEW {view} AS "
            + $"SELECT user_id, count(*) AS n FROM {source} GROUP BY user_id");
        await lake.Get<IContinuousQueries>().CatchUpAsync(view, CancellationToken.None);
        var elapsed = clock.Stop();

        var queries = lake.Get<IQueries>();
        var request = new QueryRequest { Sql = $"SELECT CAST(sum(n) AS bigint) FROM {view}" };
        var started = await queries.StartAsync(request, CancellationToken.None);
        var ended = await queries.WaitAsync(started.Id, progress: null, CancellationToken.None);
        if (ended.State != QueryState.Succeeded)
        {
            throw new InvalidDataException($"the view cannot be read: {ended.StateChangeReason}");
        }

        var page = await queries.ReadAsync(started.Id, firstRow: 0, rowsMax: 1, CancellationToken.None);
        var counted = long.Parse(page.Rows[0][0]!, CultureInfo.InvariantCulture);
        Totals.MustEqual(options.Records, counted, $"records in view {view}");
        await ExecuteAsync(lake, $"DROP MATERIALIZED VIEW {view}");
        return elapsed;
    }

    private static Task<string> ExecuteAsync(BenchmarkLake lake, string sql) =>
        lake.Get<IContinuousQueries>().ExecuteAsync(sql, "default", CancellationToken.None);
}
