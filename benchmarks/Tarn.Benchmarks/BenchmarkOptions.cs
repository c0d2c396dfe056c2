using System.Globalization;

namespace Tarn.Benchmarks;

/// <summary>What is measured, and for how long.</summary>
/// <param name="Seconds">Length of one round of load; for ingest, objects, latency and quiet, and of the whole load
/// of scale and soak.</param>
/// <param name="Records">Records or rows of a round; for delivery, parquet, scan, queries, views and nexmark; a tenth
/// of a backlog.</param>
/// <param name="Rounds">Rounds; figures are medians of them.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Capabilities, int Seconds, int Records, int Rounds)
{
    public const string Usage =
        "usage: [ingest|delivery|parquet|scan|views|all|queries|scale|objects|backlog|nexmark|latency|quiet|"
        + "soak] [--seconds N] [--records N] [--rounds N], each N at least 1";

    private static readonly string[] Known = ["ingest", "delivery", "parquet", "scan", "views"];

    /// <summary>Take minutes or much disk, so they are not of all.</summary>
    private static readonly string[] Long =
        ["queries", "scale", "objects", "backlog", "nexmark", "latency", "quiet", "soak"];

    /// <summary>Null: the arguments are not those of <see cref="Usage"/>.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var options = new BenchmarkOptions(Known, Seconds: 3, Records: 3_000_000, Rounds: 3);
        for (var i = 0; i < args.Length; i++)
        {
            if (Known.Contains(args[i]) || Long.Contains(args[i]))
            {
                options = options with { Capabilities = [args[i]] };
                continue;
            }

            if (args[i] == "all")
            {
                continue;
            }

            if (i + 1 == args.Length
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || value < 1
                || options.With(args[i], value) is not { } next)
            {
                return null;
            }

            options = next;
            i++;
        }

        return options;
    }

    private BenchmarkOptions? With(string name, int value) => name switch
    {
        "--seconds" => this with { Seconds = value },
        "--records" => this with { Records = value },
        "--rounds" => this with { Rounds = value },
        _ => null,
    };
}
