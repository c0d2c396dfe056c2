using System.Diagnostics;
using System.Text.RegularExpressions;
using Tarn.Benchmarks.Figures;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// ListObjectsV2 over all keys of a bucket, one page after another, beside the bare reads of the index.
/// </summary>
internal static partial class ListingFigures
{
    private const int PageKeys = 1000;
    private const string Folder = "listed";

    public static async Task RunAsync(TarnObjects tarn, string metadata, int objects, int rounds)
    {
        var shape = new ObjectShape(ObjectShape.Put, ObjectShape.KiB, 1);
        using (var session = await tarn.OpenAsync())
        {
            session.Prepare(shape, "template");
            await session.PutAsync(shape, "template");
        }

        IndexFill.Run(metadata, "template", Folder, objects);
        var (served, bare) = (new List<Pages>(), new List<Pages>());
        for (var round = 0; round < rounds; round++)
        {
            served.Add(await ServedAsync(tarn, objects));
            bare.Add(Bare(metadata, objects));
        }

        Print(objects, served, bare);
    }

    private static async Task<Pages> ServedAsync(TarnObjects tarn, int objects)
    {
        using var connection = await tarn.ConnectAsync();
        var (latencies, keys) = (new List<double>(), 0);
        var (cpuBefore, clock) = (tarn.CpuTime, Stopwatch.StartNew());
        string? token = null;
        do
        {
            var start = Stopwatch.GetTimestamp();
            var page = await tarn.PageAsync(connection, Folder, token);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            keys += KeyElement().Count(page);
            token = Token().Match(page) is { Success: true } match ? match.Groups["token"].Value : null;
        }
        while (token is not null);
        var (elapsed, cpu) = (clock.Elapsed, tarn.CpuTime - cpuBefore);
        Totals.MustEqual(objects, keys, "keys of the listing");
        return new Pages(elapsed, latencies, cpu);
    }

    private static Pages Bare(string metadata, int objects)
    {
        var (latencies, keys) = (new List<double>(), 0);
        var clock = new CpuClock();
        var start = Stopwatch.GetTimestamp();
        foreach (var count in IndexFill.ReadPages(metadata, Folder, PageKeys))
        {
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            keys += count;
            start = Stopwatch.GetTimestamp();
        }

        var measured = clock.Stop();
        Totals.MustEqual(objects, keys, "keys of the index");
        return new Pages(measured.Elapsed, latencies, measured.Cpu);
    }

    private static void Print(int objects, List<Pages> served, List<Pages> bare)
    {
        var table = new FigureTable(
            FormattableString.Invariant($"Listing of {objects:N0} keys, {PageKeys:N0} a page, one connection"),
            "what", "keys/s", "page p50 ms", "page p99 ms", "CPU µs/key", "tarn / this");
        var tarn = Rate(served);
        foreach (var (name, rounds) in new[] { ("tarn: ListObjectsV2", served), ("ceiling: reads of the index", bare) })
        {
            table.Add(
                name,
                FigureText.Rate(Rate(rounds)),
                FigureText.Number(rounds.Select(pages => pages.Latencies.Percentile(0.5)).Median()),
                FigureText.Number(rounds.Select(pages => pages.Latencies.Percentile(0.99)).Median()),
                FigureText.Number(rounds.Select(pages => pages.Cpu.TotalMicroseconds).Median() / objects),
                FigureText.Ratio(tarn / Rate(rounds)));
        }

        table.Print();

        double Rate(List<Pages> rounds) => objects / rounds.Select(pages => pages.Elapsed.TotalSeconds).Median();
    }

    [GeneratedRegex("<Key>")]
    private static partial Regex KeyElement();

    [GeneratedRegex("<NextContinuationToken>(?<token>[^<]+)<")]
    private static partial Regex Token();

    private sealed record Pages(TimeSpan Elapsed, IReadOnlyList<double> Latencies, TimeSpan Cpu);
}
