using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// Intervals of fixed length, in DuckDB's spellings: <c>INTERVAL '1 hour 30 minutes'</c>, <c>INTERVAL '00:00:05'</c>,
/// <c>INTERVAL 5 SECONDS</c>, <c>INTERVAL '5' SECOND</c>, <c>INTERVAL (5) SECOND</c>. A day has 24 hours; months and
/// years have no fixed length and are refused.
/// </summary>
internal static class IntervalText
{
    private static readonly (string Name, long Micros, string[] Others)[] Units =
    [
        ("week", 7 * 86_400_000_000, ["weeks", "w"]),
        ("day", 86_400_000_000, ["days", "d"]),
        ("hour", 3_600_000_000, ["hours", "h", "hr", "hrs"]),
        ("minute", 60_000_000, ["minutes", "m", "min", "mins"]),
        ("second", 1_000_000, ["seconds", "s", "sec", "secs"]),
        ("millisecond", 1_000, ["milliseconds", "ms", "msec", "msecs"]),
        ("microsecond", 1, ["microseconds", "us", "usec", "usecs"]),
    ];

    private static readonly string[] Changing =
    [
        "month", "months", "mon", "mons", "year", "years", "y", "yr", "yrs", "quarter", "quarters", "decade",
        "decades", "dec", "decs", "century", "centuries", "cent", "c", "millennium", "millennia", "millenia", "mil",
        "mils",
    ];

    /// <summary>Reads INTERVAL and what follows; microseconds.</summary>
    public static long Take(TokenReader tokens)
    {
        tokens.Take("INTERVAL");
        var place = tokens.Place;
        var isBracketed = tokens.TryTake("(");
        var sign = tokens.TryTake("-") ? "-" : "";
        var value = tokens.TakeAny("an interval such as '5 seconds'");
        if (value.Kind is not (SqlTokenKind.Text or SqlTokenKind.Number))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{place}: expected an interval such as '5 seconds', found '{value.Text}'")
            {
                Code = "SYNTAX_ERROR",
            };
        }

        if (isBracketed)
        {
            tokens.Take(")");
        }

        var unit = "";
        if (tokens.Current is { Kind: SqlTokenKind.Word } word && (UnitOf(word.Text) > 0 || IsChanging(word.Text)))
        {
            unit = " " + tokens.TakeName("a unit");
        }

        var text = sign + value.Text + unit;
        return TryParse(text, out var micros) ? micros : throw Wrong(place, text);
    }

    /// <summary>Such as <c>1 hour 30 minutes</c>, <c>1.5 hours</c>, <c>5s</c>, <c>00:00:05.5</c>, <c>2 days 10:00</c>.
    /// </summary>
    public static bool TryParse(string text, out long micros)
    {
        micros = 0;
        var at = 0;
        var total = 0m;
        var parts = 0;
        while (true)
        {
            SkipSpace(text, ref at);
            if (at == text.Length)
            {
                micros = parts > 0 && Math.Abs(total) <= long.MaxValue ? (long)total : 0;
                return parts > 0 && Math.Abs(total) <= long.MaxValue;
            }

            if (!TryTakePart(text, ref at, out var part))
            {
                return false;
            }

            total += part;
            parts++;
        }
    }

    /// <summary>In the largest unit that gives a whole number.</summary>
    public static string Print(long micros)
    {
        var (name, size, _) = Array.Find(Units, unit => unit.Micros > 0 && micros % unit.Micros == 0);
        if (micros == 0)
        {
            (name, size) = ("second", 1);
        }

        var count = micros / size;
        return string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(Math.Abs(count) == 1 ? "" : "s")}");
    }

    private static bool TryTakePart(string text, ref int at, out decimal micros)
    {
        micros = 0;
        var start = at;
        at += text[at] is '-' or '+' ? 1 : 0;
        var digits = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or ':'))
        {
            at++;
        }

        var number = text[digits..at];
        var sign = text[start] == '-' ? -1 : 1;
        if (number.Contains(':', StringComparison.Ordinal))
        {
            var isClock = TryParseClock(number, out micros);
            micros *= sign;
            return isClock;
        }

        SkipSpace(text, ref at);
        var word = at;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        var unit = UnitOf(text[word..at]);
        if (unit == 0
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count > decimal.MaxValue / unit)
        {
            return false;
        }

        micros = sign * count * unit;
        return true;
    }

    /// <summary>hh:mm, hh:mm:ss or hh:mm:ss.ffffff.</summary>
    private static bool TryParseClock(string text, out decimal micros)
    {
        micros = 0;
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes > 59)
        {
            return false;
        }

        var seconds = 0m;
        if (parts.Length == 3
            && (!decimal.TryParse(
                    parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
                || seconds >= 60))
        {
            return false;
        }

        micros = (((hours * 60m) + minutes) * 60_000_000m) + (seconds * 1_000_000m);
        return true;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private static long UnitOf(string word) => Array.Find(
        Units,
        unit => unit.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
            || unit.Others.Contains(word, StringComparer.OrdinalIgnoreCase)).Micros;

    private static bool IsChanging(string word) => Changing.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static TarnException Wrong(string place, string text)
    {
        var changes = text.Split([' ', '\t', '\n']).Any(word =>
            IsChanging(word.TrimStart('+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9')));
        return new TarnException(
            ErrorKind.Invalid,
            $"{place}: '{text}' is not an interval of fixed length",
            hint: changes ? "months and years differ in length: use days" : "write it as '5 seconds' or '1 hour'")
        {
            Code = "SYNTAX_ERROR",
        };
    }
}
