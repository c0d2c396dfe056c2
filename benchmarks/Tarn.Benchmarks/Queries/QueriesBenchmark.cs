using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Lakes;
using Tarn.Benchmarks.Scan;
using Tarn.Storage.Objects;
using Tarn.Testing.Tpch;

namespace Tarn.Benchmarks.Queries;

/// <summary>
/// Queries through the Athena API of a server started by <c>./tarn up</c>, from StartQueryExecution to the last row of
/// GetQueryResults, beside raw DuckDB in this process over the same files: TPC-H at scale factor 1 on Parquet, game
/// scores on gzip JSON, the smallest query, and some that name few of 100,000 partitions.
/// </summary>
internal sealed class QueriesBenchmark(BenchmarkOptions options, string directory)
{
    public const string Bucket = "lake";

    private const int SmallQueries = 200;
    private const int PartitionsAdded = 20;

    public async Task RunAsync()
    {
        using var duckDb = new RawDuckDb();
        var json = await PrepareAsync(duckDb);
        using var server = await Targets.StartTarnAsync(directory);
        using var athena = await AthenaClient.ConnectAsync(server.Address);

        var table = new FigureTable(
            $"Athena API beside raw DuckDB, medians of {options.Rounds}",
            "query", "rows", "tarn ms", "raw DuckDB ms", "more, ms", "tarn / raw, time");
        var (sum, rawSum) = (0.0, 0.0);
        for (var number = 1; number <= TpchQueries.Count; number++)
        {
            var sql = TpchQueries.Read(number);
            var (time, raw) = await CompareAsync(athena, duckDb, sql, sql, $"TPC-H {number}", table);
            (sum, rawSum) = (sum + time, rawSum + raw);
        }

        Add(table, "TPC-H, all 22", 0, sum, rawSum);
        var reader = $"read_json([{json}], format = 'newline_delimited', columns = {{user_id: 'BIGINT', "
            + "game: 'VARCHAR', score: 'BIGINT', level: 'INTEGER', \"at\": 'VARCHAR', note: 'VARCHAR'})";
        await CompareAsync(
            athena,
            duckDb,
            Scores("bench." + ScoreTables.Json),
            Scores(reader),
            $"scores, {FigureText.Rate(options.Records)} rows of gzip JSON",
            table);
        table.Print();
        await MeasureSmallAsync(athena, duckDb);
    }

    private static string Scores(string from) =>
        $"SELECT game, count(*) AS games, max(score) AS best, sum(score) AS total FROM {from} GROUP BY game "
        + "ORDER BY game";

    /// <summary>Makes the lake and returns the JSON files' paths, quoted for SQL.</summary>
    private async Task<string> PrepareAsync(RawDuckDb duckDb)
    {
        await using var lake = await BenchmarkLake.OpenAsync(Path.Combine(directory, "lake"));
        var scores = await ScoreTables.MakeAsync(lake, duckDb, options.Records);
        await TpchFiles.MakeAsync(lake, duckDb);
        await ManyPartitions.MakeAsync(lake);
        var paths = string.Join(", ", scores[ScoreTables.Json].Select(part => $"'{part.Path}'"));
        foreach (var part in scores.Values.SelectMany(parts => parts))
        {
            part.Dispose();
        }

        return paths;
    }

    private async Task<(double Time, double Raw)> CompareAsync(
        AthenaClient athena, RawDuckDb duckDb, string sql, string rawSql, string name, FigureTable table)
    {
        var (times, rawTimes, rows) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round <= options.Rounds; round++)
        {
            var answer = await athena.RunAsync(sql, TpchFiles.Database);
            var raw = duckDb.Run(rawSql);
            Totals.MustEqual(raw.Rows.Count, answer.Rows.Count, $"rows of {name}");
            rows = raw.Rows.Count;
            if (round > 0) // The first one warms up.
            {
                times.Add(answer.Elapsed.TotalMilliseconds);
                rawTimes.Add(raw.Elapsed.TotalMilliseconds);
            }
        }

        Add(table, name, rows, times.Median(), rawTimes.Median());
        return (times.Median(), rawTimes.Median());
    }

    private static void Add(FigureTable table, string name, int rows, double time, double raw) => table.Add(
        name,
        rows == 0 ? "" : FigureText.Number(rows),
        FigureText.Number(time),
        FigureText.Number(raw),
        FigureText.Number(time - raw),
        FigureText.Ratio(time / raw));

    private static async Task MeasureSmallAsync(AthenaClient athena, RawDuckDb duckDb)
    {
        var table = new FigureTable("Small queries", "query", "times", "p50 ms", "p99 ms");
        var (one, raw) = (new List<double>(), new List<double>());
        for (var i = 0; i < SmallQueries; i++)
        {
            one.Add((await athena.RunAsync("SELECT 1", TpchFiles.Database)).Elapsed.TotalMilliseconds);
            raw.Add(duckDb.Run("SELECT 1").Elapsed.TotalMilliseconds);
        }

        Add(table, "SELECT 1", one);
        Add(table, "ceiling: raw DuckDB", raw);
        foreach (var (what, sql) in ManyPartitions.Counts)
        {
            var times = new List<double>();
            for (var i = 0; i < SmallQueries; i++)
            {
                times.Add(await CountOneAsync(athena, sql));
            }

            Add(table, "count of " + what, times);
        }

        var (lastWhat, lastSql) = ManyPartitions.Counts[1];
        var fresh = new List<double>();
        for (var i = 0; i < PartitionsAdded; i++)
        {
            await athena.RunAsync(ManyPartitions.AddPartition(i), TpchFiles.Database);
            fresh.Add(await CountOneAsync(athena, lastSql));
        }

        Add(table, $"count of {lastWhat}, after a partition was added", fresh);
        table.Print();
    }

    private static async Task<double> CountOneAsync(AthenaClient athena, string sql)
    {
        var (elapsed, rows) = await athena.RunAsync(sql, TpchFiles.Database);
        Totals.MustEqual(1, long.Parse(rows[0], System.Globalization.CultureInfo.InvariantCulture), "rows counted");
        return elapsed.TotalMilliseconds;
    }

    private static void Add(FigureTable table, string what, List<double> times) => table.Add(
        what,
        FigureText.Number(times.Count),
        FigureText.Number(times.Median()),
        FigureText.Number(times.Percentile(0.99)));
}
