using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.ContinuousQueries.Tests.Lookups;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>A kind of view: its SELECT over the source <c>events</c>, and the same in bare DuckDB.</summary>
/// <param name="View">With EMIT ON WINDOW CLOSE where it has that.</param>
/// <param name="Batch">Over the table <c>events</c> of all records.</param>
internal sealed partial record ViewKind(string Name, string View, string Batch)
{
    private const string KeepLong = "WITH (ttl = '365 days')";
    private const string Epoch = "TIMESTAMP '1970-01-01'";

    /// <summary>What stands between the name and AS.</summary>
    public string Options { get; init; } = "";

    /// <summary>The engine may refuse it, in its own words.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>Every record is in one window of a minute and in one row, so that late ones can be told.</summary>
    public bool IsForLateRecords => View.Contains("TUMBLE", StringComparison.Ordinal)
        && View.Contains("GROUP BY ALL", StringComparison.Ordinal)
        && !View.Contains("WHERE", StringComparison.Ordinal)
        && !View.Contains("timezone", StringComparison.Ordinal);

    /// <summary>Rows of windows that are open at the end are not in the view.</summary>
    public bool EmitsOnClose => View.Contains(EmitOnClose, StringComparison.Ordinal);

    private const string EmitOnClose = " EMIT ON WINDOW CLOSE";

    /// <summary>The batch computation is the same SELECT, with windows spelt out.</summary>
    public static ViewKind Of(string name, string view) => new(name, view, SpellOut(view));

    /// <summary>A view that keeps every record, for longer than any run.</summary>
    public static ViewKind OfRows(string name, string view) => Of(name, view) with { Options = KeepLong };

    public string Create(string view) => $"CREATE MATERIALIZED VIEW {view} {Options} AS {View}";

    /// <summary>The batch computation when the watermark has come to <paramref name="watermark"/>.</summary>
    public string BatchAt(DateTime watermark) => EmitsOnClose
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT * FROM ({Batch}) WHERE window_end <= TIMESTAMP '{watermark:yyyy-MM-dd HH:mm:ss.ffffff}'")
        : Batch;

    private static string SpellOut(string view)
    {
        view = view.Replace(EmitOnClose, "", StringComparison.Ordinal)
            .Replace(GameTable.Name, GameTable.Values, StringComparison.Ordinal);

        // Of as few values as the streams have the view's estimate is exact; DuckDB's own says 7 of 8.
        view = view.Replace("approx_count_distinct(", "count(DISTINCT ", StringComparison.Ordinal);
        view = Tumble().Replace(view, match => Tumbling(match.Groups[1].Value));
        view = Zoned().Replace(view, match => InZone(match.Groups[1].Value, match.Groups[2].Value));
        view = Hop().Replace(view, match => Hopping(match.Groups[1].Value, match.Groups[2].Value));
        return Session().Replace(view, match => Sessions(match.Groups[1].Value, match.Groups[2].Value));
    }

    private static string Tumbling(string size)
    {
        var start = $"time_bucket({size}, ts, {Epoch})";
        return $"(SELECT *, {start} AS window_start, {start} + {size} AS window_end FROM events WHERE ts IS NOT NULL)";
    }

    private static string InZone(string size, string zone)
    {
        var local = $"time_bucket({size}, timezone({zone}, CAST(ts AS TIMESTAMPTZ)), {Epoch})";
        return $"(SELECT *, CAST(timezone({zone}, {local}) AS TIMESTAMP) AS window_start, "
            + $"CAST(timezone({zone}, {local} + {size}) AS TIMESTAMP) AS window_end FROM events WHERE ts IS NOT NULL)";
    }

    private static string Hopping(string slide, string size)
    {
        var last = $"time_bucket({slide}, ts, {Epoch})";
        return $"(SELECT *, window_start + {size} AS window_end FROM (SELECT *, unnest(range("
            + $"{last} - {size} + {slide}, {last} + {slide}, {slide})) AS window_start "
            + "FROM events WHERE ts IS NOT NULL))";
    }

    /// <summary>Islands of events, each less than the gap after the one before it.</summary>
    private static string Sessions(string gap, string keys) =>
        $"(SELECT * EXCLUDE (begins, island), min(ts) OVER (PARTITION BY {keys}, island) AS window_start, "
        + $"max(ts) OVER (PARTITION BY {keys}, island) + {gap} AS window_end "
        + $"FROM (SELECT *, sum(begins) OVER (PARTITION BY {keys} ORDER BY ts) AS island "
        + $"FROM (SELECT *, CASE WHEN ts - lag(ts) OVER (PARTITION BY {keys} ORDER BY ts) < {gap} THEN 0 ELSE 1 END "
        + "AS begins FROM events WHERE ts IS NOT NULL)))";

    [GeneratedRegex(@"TUMBLE\(events, ts, (INTERVAL '[^']+')\)")]
    private static partial Regex Tumble();

    [GeneratedRegex(@"TUMBLE\(events, ts, (INTERVAL '[^']+'), timezone := ('[^']+')\)")]
    private static partial Regex Zoned();

    [GeneratedRegex(@"HOP\(events, ts, (INTERVAL '[^']+'), (INTERVAL '[^']+')\)")]
    private static partial Regex Hop();

    [GeneratedRegex(@"SESSION\(events, ts, (INTERVAL '[^']+'), ([a-z_, ]+)\)")]
    private static partial Regex Session();
}
