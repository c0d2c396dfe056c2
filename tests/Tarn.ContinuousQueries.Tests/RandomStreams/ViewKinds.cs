namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>The kinds of view that random streams are run through. A new kind is a line.</summary>
internal static class ViewKinds
{
    private const string Minute = "TUMBLE(events, ts, INTERVAL '1 minute')";
    private const string Sliding = "HOP(events, ts, INTERVAL '20 seconds', INTERVAL '1 minute')";

    /// <summary>Half a millisecond keeps the gap off every difference of two events.</summary>
    private const string Sessions = "SESSION(events, ts, INTERVAL '4000500 microseconds', user_id)";

    private const string Facts = "count(*) AS n, sum(level) AS s, min(rating) AS lo, max(score) AS hi, avg(price) AS a";

    private static readonly string Spread = Near(
        "var_samp(level)", "stddev(rating)", "var_pop(price) / 1e7", "stddev_pop(level) FILTER (WHERE won)",
        "sem(rating)", "variance(score) / 1e37");

    private static readonly string Pairs = Near(
        "covar_pop(rating, id) / 1e4", "covar_samp(rating, id) / 1e4", "corr(rating, id)", "regr_slope(id, rating)",
        "regr_intercept(id, rating) / 100", "regr_r2(rating, id)",
        "regr_avgx(rating, id) / 100", "regr_avgy(rating, id) / 100",
        "regr_sxx(rating, id) / 1e5", "regr_syy(rating, id) / 1e5", "regr_sxy(rating, id) / 1e5",
        "regr_count(rating, id)");

    private const string Distinct = "count(DISTINCT user_id) AS a, count(DISTINCT rating) FILTER (WHERE won) AS b, "
        + "sum(DISTINCT level) AS c, avg(DISTINCT level) AS d, sum(DISTINCT price) AS e, count(DISTINCT ts) AS f, "
        + "sum(DISTINCT score // 1000) AS g, avg(DISTINCT rating) AS h, max(DISTINCT day) AS i, "
        + "count(DISTINCT CAST(tags AS VARCHAR)) AS j";

    private const string Quantiles = "median(level) AS a, median(rating) AS b, quantile_cont(price, 0.3) AS c, "
        + "quantile_disc(ts, 0.25) AS d, median(ts) AS e, quantile_cont(day, 0.7) AS f, "
        + "quantile_disc(user_id, 0.9) AS g, list_extract(quantile_cont(rating, [0.1, 0.9e0]), 2) AS h, "
        + "median(user_id) AS i, "
        + "quantile_disc(rating, 0.95) FILTER (WHERE won) AS j, quantile(won, 0.4) AS k, quantile_cont(score, 0) AS l";

    private const string Histograms = "CAST(histogram(level) AS VARCHAR) AS a, CAST(histogram(day) AS VARCHAR) AS b, "
        + "CAST(histogram(price) AS VARCHAR) AS c, CAST(histogram(user_id) AS VARCHAR) AS d, "
        + "CAST(histogram(ts) AS VARCHAR) AS e, CAST(histogram(won) AS VARCHAR) AS f, "
        + "map_keys(histogram(rating))[1] AS g";

    private const string Lists = "CAST(list_sort(list(level)) AS VARCHAR) AS a, "
        + "string_agg(game, ', ' ORDER BY id DESC) AS b, "
        + "CAST(array_agg(day ORDER BY id) FILTER (WHERE won) AS VARCHAR) AS c, "
        + "CAST(list(ts ORDER BY id NULLS FIRST) AS VARCHAR) AS d, string_agg(id, '' ORDER BY id) AS e";

    private const string Bits = "bit_and(level) AS a, bit_or(level) AS b, bit_xor(level) AS c, bit_xor(score) AS d";

    public static IReadOnlyList<ViewKind> Plain { get; } =
    [
        ViewKind.Of("grouped", $"SELECT user_id, {Facts} FROM events GROUP BY user_id"),
        ViewKind.Of("one row", $"SELECT {Facts} FROM events"),
        ViewKind.Of("filtered", "SELECT game, count(*) AS n FROM events WHERE level > 0 AND won GROUP BY game"),
        ViewKind.Of("having", "SELECT user_id, count(*) AS n FROM events GROUP BY user_id HAVING count(*) % 3 <> 0"),
        ViewKind.Of("expressions", "SELECT lower(game) || '!' AS g, level % 2 AS odd, "
            + "sum(score % 1000) / count(*) AS x FROM events GROUP BY ALL"),
        ViewKind.Of("json", "SELECT json_array_length(tags) AS length, count(*) AS n FROM events GROUP BY ALL"),
        ViewKind.Of("minutes", "SELECT date_trunc('minute', ts) AS m, count(*) AS n, max(ts) AS last FROM events "
            + "GROUP BY m"),
        ViewKind.Of("sums", "SELECT game, sum(score // 1000000) AS a, sum(level) AS b, sum(price) AS c, "
            + "avg(score) AS d, avg(level) AS e, sum(won) AS f FROM events GROUP BY game"),
        ViewKind.Of("extremes", "SELECT game, min(user_id) AS a, max(user_id) AS b, min(ts) AS c, max(day) AS d, "
            + "min(price) AS e, max(won) AS f FROM events GROUP BY game"),
        ViewKind.Of("arguments", "SELECT game, arg_max(rating, id) AS a, arg_min(user_id, id) AS b FROM events "
            + "GROUP BY game"),
        ViewKind.Of("truths", "SELECT game, bool_and(won) AS a, bool_or(won) AS b, count_if(level > 0) AS c, "
            + "count(rating) AS d, sum(level) FILTER (WHERE won) AS e FROM events GROUP BY game"),
        ViewKind.Of("spread", "SELECT game, " + Spread + " FROM events GROUP BY game"),
        ViewKind.Of("spread of one row", "SELECT " + Spread + " FROM events"),
        ViewKind.Of("pairs", "SELECT game, level, " + Pairs + " FROM events GROUP BY game, level"),
        ViewKind.Of("bits", "SELECT game, " + Bits + ", product(id % 3 + 1) FILTER (WHERE id % 50 = 0) AS p "
            + "FROM events GROUP BY game"),
        ViewKind.Of("lookup", "SELECT g.title, count(*) AS n, sum(e.level) AS s, max(e.score) AS m FROM events e "
            + "JOIN lake.games g ON g.game = e.game GROUP BY g.title"),
        ViewKind.Of("lookup left", "SELECT e.user_id, g.weight AS w, count(*) AS n, count(g.title) AS t FROM events e "
            + "LEFT JOIN lake.games g USING (game) WHERE coalesce(g.weight, 1) > 0 GROUP BY ALL"),
        ViewKind.Of("lookups two", "SELECT a.title, events.game, b.weight % 2 AS odd, avg(price) AS p FROM events "
            + "JOIN lake.games a USING (game) LEFT JOIN lake.games b ON b.weight >= a.weight AND level > b.weight "
            + "GROUP BY ALL HAVING count(*) > 1"),
        ViewKind.Of("lookup filter", "SELECT game, count(*) AS n FROM events e ANTI JOIN lake.games g "
            + "ON g.game = e.game AND g.weight < e.level GROUP BY game"),
        ViewKind.OfRows("lookup rows", "SELECT e.id, e.game AS played, g.* FROM events e JOIN lake.games g "
            + "ON g.game = e.game AND e.level >= g.weight"),
        ViewKind.OfRows("lookup top", "SELECT e.user_id, g.title, e.id FROM events e JOIN lake.games g USING (game) "
            + "QUALIFY row_number() OVER (PARTITION BY e.user_id ORDER BY e.id, g.weight) <= 2"),
        ViewKind.Of("distinct values", $"SELECT game, {Distinct} FROM events GROUP BY game"),
        ViewKind.Of("distinct values of one row", $"SELECT {Distinct} FROM events WHERE id % 7 <> 0"),
        ViewKind.Of("quantiles", $"SELECT game, {Quantiles} FROM events GROUP BY game"),
        ViewKind.Of("mode", "SELECT mode(CASE WHEN id % 2 = 0 THEN 7 ELSE id END) AS a, "
            + "mode(CASE WHEN id % 5 > 0 THEN DATE '2026-11-23' ELSE day END) AS b FROM events"),
        ViewKind.Of("histograms", $"SELECT game, {Histograms} FROM events GROUP BY game"),
        ViewKind.Of("lists", $"SELECT user_id, {Lists} FROM events GROUP BY user_id"),
        ViewKind.Of("estimates", "SELECT game, approx_count_distinct(user_id) AS a, "
            + "approx_count_distinct(level) FILTER (WHERE won) AS b FROM events GROUP BY game"),
    ];

    /// <summary>Taken as soon as the engine takes them; until then refused in its words.</summary>
    public static IReadOnlyList<ViewKind> Further { get; } = new ViewKind[]
    {
        ViewKind.Of("distinct", "SELECT DISTINCT user_id, game FROM events"),
        ViewKind.OfRows("stateless", "SELECT id, upper(game) AS g, score % 10 AS s FROM events WHERE level > 0"),
        ViewKind.OfRows("unnest", "SELECT id, unnest(CAST(tags AS INTEGER[])) AS tag FROM events"),
        ViewKind.OfRows("top", "SELECT user_id, id, level FROM events "
            + "QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY level DESC, id) <= 2"),
        ViewKind.OfRows("newest", "SELECT user_id, id, row_number() OVER (PARTITION BY user_id ORDER BY ts DESC, id) "
            + "AS place FROM events QUALIFY place = 1"),
    }.Select(kind => kind with { MayBeRefused = true }).ToList();

    /// <summary>With windows so short that some close while a process lives.</summary>
    public static IReadOnlyList<ViewKind> Killed { get; } =
    [
        .. Plain.Where(kind => kind.Name is "grouped" or "one row" or "having" or "arguments"),
        ViewKind.Of("distinct", "SELECT DISTINCT user_id, game FROM events"),
        ViewKind.Of("moments", "SELECT game, " + Spread + ", " + Bits.Replace(" AS ", " AS bits_",
            StringComparison.Ordinal) + " FROM events GROUP BY game"),
        ViewKind.Of("values", "SELECT game, count(DISTINCT user_id) AS a, sum(DISTINCT level) AS b, "
            + "median(level) AS c, CAST(histogram(day) AS VARCHAR) AS d, approx_count_distinct(user_id) AS e, "
            + "count(DISTINCT id) AS f FROM events GROUP BY game"),
        ViewKind.Of("tumbling lists", "SELECT window_start, window_end, game, count(DISTINCT user_id) AS n, "
            + "string_agg(id, ' ' ORDER BY id) AS ids FROM TUMBLE(events, ts, INTERVAL '1 second') GROUP BY ALL")
            with { Options = "WITH (list_values_max = 1000000)" },
        ViewKind.OfRows("stateless", "SELECT id, upper(game) AS g, score % 10 AS s FROM events WHERE level > 0"),
        ViewKind.Of("interval join", "SELECT a.game, count(*) AS n, sum(b.level) AS s FROM events a JOIN events b "
            + "ON a.user_id = b.user_id AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '200 milliseconds' GROUP BY a.game"),
        ViewKind.Of("lookup tumbling", "SELECT window_start, window_end, g.title, count(*) AS n "
            + "FROM TUMBLE(events, ts, INTERVAL '1 second') e LEFT JOIN lake.games g USING (game) GROUP BY ALL"),
        ViewKind.Of("tumbling", "SELECT window_start, window_end, game, count(*) AS n, sum(level) AS s "
            + "FROM TUMBLE(events, ts, INTERVAL '1 second') GROUP BY ALL"),
        ViewKind.Of("tumbling closed", "SELECT window_start, window_end, count(*) AS n, max(id) AS m "
            + "FROM TUMBLE(events, ts, INTERVAL '1 second') GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("hopping", "SELECT window_start, window_end, count(*) AS n "
            + "FROM HOP(events, ts, INTERVAL '500 milliseconds', INTERVAL '2 seconds') GROUP BY ALL"),
        ViewKind.Of("sessions", "SELECT window_start, window_end, user_id, count(*) AS n "
            + "FROM SESSION(events, ts, INTERVAL '50500 microseconds', user_id) GROUP BY ALL"),
    ];

    /// <summary>Over windows: need the source's watermark.</summary>
    public static IReadOnlyList<ViewKind> Windowed { get; } =
    [
        ViewKind.Of("tumbling", $"SELECT window_start, window_end, game, {Facts} FROM {Minute} GROUP BY ALL"),
        ViewKind.Of("tumbling closed", $"SELECT window_start, window_end, game, {Facts} FROM {Minute} GROUP BY ALL"
            + " EMIT ON WINDOW CLOSE"),
        ViewKind.Of("tumbling of a key not shown", $"SELECT window_end, count(*) AS n FROM {Minute} "
            + "GROUP BY window_start, window_end, user_id"),
        ViewKind.Of("tumbling filtered", $"SELECT window_start, window_end, count(*) AS n FROM {Minute} "
            + "WHERE level > 0 GROUP BY ALL HAVING count(*) > 2 EMIT ON WINDOW CLOSE"),
        ViewKind.Of("tumbling distinct", $"SELECT window_start, window_end, {Distinct} FROM {Minute} "
            + "GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("tumbling quantiles", $"SELECT window_start, window_end, {Quantiles} FROM {Minute} "
            + "GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("hopping values", "SELECT window_start, window_end, game, count(DISTINCT user_id) AS n, "
            + $"median(rating) AS m, approx_count_distinct(level) AS z, {Lists} FROM {Sliding} GROUP BY ALL"),
        ViewKind.Of("sessions of values", "SELECT window_start, window_end, user_id, count(DISTINCT game) AS n, "
            + $"median(rating) AS m, approx_count_distinct(level) AS x, {Histograms}, "
            + $"CAST(list(level ORDER BY id) AS VARCHAR) AS list FROM {Sessions} GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("sessions of lists", $"SELECT window_start, window_end, user_id, {Lists}, bit_xor(level) AS x, "
            + $"sum(DISTINCT level) AS s FROM {Sessions} GROUP BY ALL"),
        ViewKind.Of("hopping", $"SELECT window_start, window_end, game, {Facts} FROM {Sliding} GROUP BY ALL"),
        ViewKind.Of("hopping closed", $"SELECT window_start, window_end, game, {Facts} FROM {Sliding} GROUP BY ALL"
            + " EMIT ON WINDOW CLOSE"),
        ViewKind.Of("sessions", $"SELECT window_start, window_end, user_id, {Facts} FROM {Sessions} GROUP BY ALL"),
        ViewKind.Of("sessions closed", $"SELECT window_start, window_end, user_id, {Facts} FROM {Sessions} "
            + "GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("tumbling spread", $"SELECT window_start, window_end, {Spread} FROM {Minute} GROUP BY ALL"
            + " EMIT ON WINDOW CLOSE"),
        ViewKind.Of("hopping pairs", $"SELECT window_start, window_end, {Pairs} FROM {Sliding} GROUP BY ALL"),
        ViewKind.Of("sessions spread", $"SELECT window_start, window_end, user_id, {Spread}, bit_xor(level) AS bits, "
            + $"covar_pop(rating, id) > 0.0001 AS positive FROM {Sessions} GROUP BY ALL"),
        ViewKind.Of("interval join", "SELECT a.game, count(*) AS n, sum(b.level) AS s, max(b.id - a.id) AS m "
            + "FROM events a JOIN events b ON a.user_id = b.user_id "
            + "AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '20 seconds' GROUP BY a.game"),
        ViewKind.OfRows("interval join rows", "SELECT a.id, b.id AS other, a.game, b.level FROM events a "
            + "JOIN (SELECT id, ts AS at, game, level FROM events WHERE level > 0) b ON a.game = b.game "
            + "AND b.at - a.ts < INTERVAL '5 seconds' AND a.ts <= b.at + INTERVAL '3 seconds' AND a.id <> b.id"),
        ViewKind.Of("interval join lookup", "SELECT g.title, a.user_id, count(*) AS n FROM events a JOIN events b "
            + "ON a.ts = b.ts AND a.id < b.id JOIN lake.games g ON g.game = b.game GROUP BY ALL"),
        ViewKind.Of("tumbling in a zone", "SELECT window_start, window_end, game, count(*) AS n FROM "
            + "TUMBLE(events, ts, INTERVAL '1 hour', timezone := 'Asia/Kolkata') GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("lookup tumbling", $"SELECT window_start, window_end, g.title, {Facts} FROM {Minute} e "
            + "LEFT JOIN lake.games g ON g.game = e.game GROUP BY ALL EMIT ON WINDOW CLOSE"),
        ViewKind.Of("lookup hopping", "SELECT e.window_start, e.window_end, title AS t, count(*) AS n "
            + $"FROM {Sliding} e JOIN lake.games g USING (game) GROUP BY ALL"),
        ViewKind.OfRows("window top", $"SELECT window_start, window_end, user_id, id FROM {Minute} "
            + "QUALIFY row_number() OVER (PARTITION BY window_start, window_end ORDER BY id) <= 3"),
        ViewKind.OfRows("sliding best", $"SELECT window_start, window_end, user_id, id FROM {Sliding} "
            + "QUALIFY rank() OVER (PARTITION BY window_start, window_end ORDER BY level DESC, id) <= 2"),
    ];

    /// <summary>Numbers whose last bits depend on how records fell into batches, rounded; the factor keeps them off
    /// ties.</summary>
    private static string Near(params IEnumerable<string> numbers) =>
        string.Join(", ", numbers.Select((number, i) => $"round({number} * 0.7310585786, 5) AS near_{i}"));
}
