using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Tarn.Streams.Tests.Metrics;

/// <summary>The list of metrics in docs/guide/streams.md against the meter, in both directions.</summary>
public sealed partial class GuideTests
{
    private static readonly Dictionary<string, (string Word, string Suffix)> Units = new()
    {
        ["{record}"] = ("records", ""),
        ["{read}"] = ("reads", ""),
        ["{shard}"] = ("shards", ""),
        ["{place}"] = ("places", ""),
        ["By"] = ("bytes", "_bytes"),
        ["s"] = ("seconds", "_seconds"),
        ["ms"] = ("milliseconds", "_milliseconds"),
    };

    [Fact]
    public async Task Table_OfTheGuide_IsTheMeter()
    {
        await using var lake = await Lake.OpenAsync();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, lake.Meters.Meter))
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();

        var measured = instruments.Select(instrument =>
            $"| `{instrument.Name}` | `{Prometheus(instrument)}` | {Units[instrument.Unit!].Word} |");
        Assert.Equal(measured.Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));
    }

    private static string Prometheus(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        var suffix = Units[instrument.Unit!].Suffix;
        return name + (name.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix)
            + (instrument is ObservableCounter<long> ? "_total" : "");
    }

    private static IEnumerable<string> Documented()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tarn.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return File.ReadLines(Path.Combine(folder, "docs", "guide", "streams.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Value);
    }

    [GeneratedRegex(@"^\| `tarn\.[a-z.]+` \| `[a-z_]+` \| [a-z]+ \|")]
    private static partial Regex Row();
}
