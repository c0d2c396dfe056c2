using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// Views of both state sizes under a steady load, for as long as asked (<c>--seconds 1800</c>): memory and the views'
/// files at ten moments. The log grows until retention, a day at the least, takes its end away.
/// </summary>
internal sealed class SoakBenchmark(BenchmarkOptions options, string directory)
{
    private const int PerSecond = 50_000;
    private const int Users = 100_000;
    private const int Moments = 10;

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        var session = new ViewSession(lake);
        await session.CreateBucketAsync();
        await lake.Get<IStreams>().CreateAsync(new StreamSpec { Name = "scores" }, CancellationToken.None);
        await session.CreateScoresSourceAsync("scores");
        await session.RunAsync(
            "CREATE MATERIALIZED VIEW per_user AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id");
        await session.RunAsync("CREATE MATERIALIZED VIEW per_game AS "
            + "SELECT game, count(*) AS n, sum(score) AS s, max(\"at\") AS last FROM scores GROUP BY game");
        var table = new FigureTable(
            $"{FigureText.Number(PerSecond)} records/s into a view of {FigureText.Number(Users)} groups and one of 20",
            "seconds", "records", "lag ms", "working set MiB", "managed heap MiB", "view files MiB", "log MiB");
        var puts = new PacedPuts(lake.Get<IStreams>(), "scores", PerSecond, Users, notesMoments: false);
        var load = puts.RunAsync(TimeSpan.FromSeconds(options.Seconds));
        for (var moment = 1; moment <= Moments; moment++)
        {
            await Task.Delay(TimeSpan.FromSeconds((double)options.Seconds / Moments));
            table.Add(
                FigureText.Number((double)options.Seconds * moment / Moments),
                FigureText.Number(puts.Total),
                FigureText.Number(session.Views.List().Max(view => view.LagMilliseconds)),
                Mebibytes(Environment.WorkingSet),
                Mebibytes(GC.GetTotalMemory(forceFullCollection: false)),
                Mebibytes(BytesOf("views")),
                Mebibytes(BytesOf("streams")));
        }

        await load;
        await session.Views.CatchUpAsync("per_user", CancellationToken.None);
        await session.Views.CatchUpAsync("per_game", CancellationToken.None);
        foreach (var view in session.Views.List())
        {
            var total = await session.NumberAsync($"SELECT CAST(sum(n) AS bigint) FROM {view.Name}");
            Totals.MustEqual(puts.Total, total, $"records of {view.Name}");
        }

        table.Print();
    }

    private long BytesOf(string folder)
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(Path.Combine(directory, folder))
            .EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // A snapshot that was replaced since it was listed.
            }
        }

        return bytes;
    }

    private static string Mebibytes(long bytes) => FigureText.Number(bytes / (double)(1 << 20));
}
