namespace Tarn.Sql.Translation;

/// <summary>Doubles as Trino prints them: <c>0.1</c>, <c>5.0</c>, <c>1.0E7</c>, <c>Infinity</c>.</summary>
internal static class DoubleText
{
    /// <summary>
    /// DuckDB prints the same shortest digits, but in another notation outside [0.001, 10^7): there the digits are
    /// taken apart and put together as one digit, a point, the rest and the exponent.
    /// </summary>
    public static string Print(string value)
    {
        const string Text = "CAST(v AS VARCHAR)";
        const string Plain = "split_part(CAST(abs(v) AS VARCHAR), 'e', 1)";
        const string Digits = $"ltrim(replace({Plain}, '.', ''), '0')";
        const string Fraction = $"coalesce(nullif(rtrim({Digits}[2:], '0'), ''), '0')";
        const string Exponent = "CAST(floor(log10(abs(v))) AS INTEGER)";
        const string Written =
            $"CASE WHEN contains({Text}, 'e') THEN CAST(CAST(split_part({Text}, 'e', 2) AS INTEGER) AS VARCHAR) "
            + $"ELSE CAST(CASE WHEN abs(v) >= 1 THEN length(split_part({Plain}, '.', 1)) - 1 "
            + $"ELSE {Exponent} END AS VARCHAR) END";
        const string Scientific =
            $"(CASE WHEN v < 0 THEN '-' ELSE '' END || {Digits}[1:1] || '.' || {Fraction} || 'E' || {Written})";
        const string Choice =
            $"CASE WHEN isnan(v) THEN 'NaN' WHEN isinf(v) THEN CASE WHEN v > 0 THEN 'Infinity' ELSE '-Infinity' END "
            + $"WHEN v = 0 OR (abs(v) >= 0.001 AND abs(v) < 10000000) THEN {Text} ELSE {Scientific} END";
        return $"(list_transform([{value}], lambda v: {Choice})[1])";
    }
}
