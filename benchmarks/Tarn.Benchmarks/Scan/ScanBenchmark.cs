using System.Diagnostics;
using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Query.Executions;

namespace Tarn.Benchmarks.Scan;

/// <summary>
/// One aggregate over gzip JSON and over Parquet, from start to the rows of the result, beside raw DuckDB on the same
/// files; and the latency of the smallest query.
/// </summary>
internal sealed class ScanBenchmark(BenchmarkOptions options, string directory)
{
    private const int SmallQueries = 200;
    private const string Select = "SELECT game, count(*) AS games, max(score) AS best, sum(score) AS total FROM ";
    private const string Group = " GROUP BY game ORDER BY game";

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        using var duckDb = new RawDuckDb();
        var files = await ScoreTables.MakeAsync(lake, duckDb, options.Records);
        var table = new FigureTable(
            $"Aggregate over {FigureText.Rate(options.Records)} rows in 8 objects, start to rows of the result",
            "table", "MB on disk", "tarn ms", "raw DuckDB ms", "tarn M rows/s", "tarn / raw, time");
        foreach (var (name, parts) in files)
        {
            var paths = string.Join(", ", parts.Select(part => $"'{part.Path}'"));
            var reader = name == ScoreTables.Json
                ? $"read_json([{paths}], format = 'newline_delimited', columns = {{user_id: 'BIGINT', "
                    + "game: 'VARCHAR', score: 'BIGINT', level: 'INTEGER', \"at\": 'VARCHAR', note: 'VARCHAR'})"
                : $"read_parquet([{paths}])";
            await CompareAsync(lake, duckDb, name, reader, parts.Sum(part => part.Info.Size) / 1e6, table);
        }

        table.Print();
        await MeasureSmallAsync(lake, duckDb);
        foreach (var part in files.Values.SelectMany(parts => parts))
        {
            part.Dispose();
        }
    }

    private async Task CompareAsync(
        BenchmarkLake lake, RawDuckDb duckDb, string name, string reader, double megabytes, FigureTable table)
    {
        var (tarn, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (elapsed, rows) = await RunAsync(lake.Get<IQueries>(), Select + "bench." + name + Group);
            var (rawElapsed, rawRows) = duckDb.Run(Select + reader + Group);
            Totals.MustEqual(options.Records, rows.Sum(Games), $"rows counted in {name}");
            if (!rows.SequenceEqual(rawRows))
            {
                throw new InvalidDataException($"tarn and raw DuckDB differ over {name}: '{rows[0]}', '{rawRows[0]}'");
            }

            if (round > 0) // The first one warms up.
            {
                tarn.Add(elapsed.TotalMilliseconds);
                raw.Add(rawElapsed.TotalMilliseconds);
            }
        }

        var (time, rawTime) = (tarn.Median(), raw.Median());
        table.Add(
            name,
            FigureText.Number(megabytes),
            FigureText.Number(time),
            FigureText.Number(rawTime),
            FigureText.Number(options.Records / time / 1000),
            FigureText.Ratio(time / rawTime));
    }

    private static async Task MeasureSmallAsync(BenchmarkLake lake, RawDuckDb duckDb)
    {
        var (tarn, raw) = (new List<double>(), new List<double>());
        for (var i = 0; i < SmallQueries; i++)
        {
            tarn.Add((await RunAsync(lake.Get<IQueries>(), "SELECT 1")).Elapsed.TotalMilliseconds);
            raw.Add(duckDb.Run("SELECT 1").Elapsed.TotalMilliseconds);
        }

        var table = new FigureTable(
            $"SELECT 1, start to rows of the result, {SmallQueries} times", "what", "p50 ms", "p99 ms");
        table.Add(
            "tarn: execution kept, result object written", FigureText.Number(tarn.Median()),
            FigureText.Number(tarn.Percentile(0.99)));
        table.Add(
            "ceiling: raw DuckDB", FigureText.Number(raw.Median()), FigureText.Number(raw.Percentile(0.99)));
        table.Print();
    }

    private static async Task<(TimeSpan Elapsed, IReadOnlyList<string> Rows)> RunAsync(IQueries queries, string sql)
    {
        var clock = Stopwatch.StartNew();
        var started = await queries.StartAsync(new QueryRequest { Sql = sql }, CancellationToken.None);
        var ended = await queries.WaitAsync(started.Id, progress: null, CancellationToken.None);
        if (ended.State != QueryState.Succeeded)
        {
            throw new InvalidDataException($"'{sql}' ended {ended.State}: {ended.StateChangeReason}");
        }

        var page = await queries.ReadAsync(started.Id, firstRow: 0, rowsMax: 1000, CancellationToken.None);
        return (clock.Elapsed, [.. page.Rows.Select(row => string.Join(' ', row))]);
    }

    private static long Games(string row) => long.Parse(row.Split(' ')[1], CultureInfo.InvariantCulture);
}
