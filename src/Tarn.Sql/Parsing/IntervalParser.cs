using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary><c>INTERVAL '3' DAY</c>, <c>'1-2' YEAR TO MONTH</c>, <c>'2 03:04:05.678' DAY TO SECOND</c>.</summary>
internal sealed partial class IntervalParser(TokenReader tokens)
{
    private static readonly string[] Units = ["DAY", "HOUR", "MINUTE", "MONTH", "SECOND", "WEEK", "YEAR"];
    private static readonly string[] DayUnits = ["DAY", "HOUR", "MINUTE", "SECOND"];
    private static readonly long[] Milliseconds = [86_400_000, 3_600_000, 60_000, 1_000];

    /// <summary>After INTERVAL.</summary>
    public Expression.Interval Parse(SqlPosition position)
    {
        var isNegative = tokens.AcceptSymbol("-");
        if (!isNegative)
        {
            tokens.AcceptSymbol("+");
        }

        var token = tokens.Current;
        var text = tokens.ExpectText();
        var from = tokens.ExpectAny(Units);
        var to = tokens.Accept("TO") ? tokens.ExpectAny(from == "YEAR" ? ["MONTH"] : DayUnits[1..]) : from;
        var value = text.TrimStart();
        if (value.StartsWith('-') || value.StartsWith('+'))
        {
            isNegative ^= value[0] == '-';
            value = value[1..];
        }

        try
        {
            var (count, unit) = checked(Read(token, value, from, to));
            return new Expression.Interval(position, isNegative ? -count : count, unit);
        }
        catch (OverflowException)
        {
            throw Malformed(token);
        }
    }

    private static (long Count, string Unit) Read(Token token, string value, string from, string to)
    {
        if (from == to && (from != "SECOND" || !value.Contains('.', StringComparison.Ordinal)))
        {
            return (Whole(token, value), from.ToLowerInvariant());
        }

        if (from == "YEAR")
        {
            var months = YearPattern().Match(value);
            return months.Success
                ? (checked((Whole(token, months.Groups[1].Value) * 12) + Whole(token, months.Groups[2].Value)), "month")
                : throw Malformed(token);
        }

        var (first, last) = (Array.IndexOf(DayUnits, from), Array.IndexOf(DayUnits, to));
        return first < 0 || last < first ? throw Malformed(token) : (DayTime(token, value, first, last), "millisecond");
    }

    private static long DayTime(Token token, string value, int first, int last)
    {
        var match = DayPattern().Match(value);
        if (!match.Success)
        {
            throw Malformed(token);
        }

        var parts = match.Groups["part"].Captures.Select(capture => capture.Value).ToList();
        var hasSpace = match.Groups["space"].Success;
        var fraction = match.Groups["fraction"].Value;
        if (parts.Count != last - first + 1 || hasSpace != (first == 0 && last > 0)
            || (fraction.Length > 0 && last != DayUnits.Length - 1))
        {
            throw Malformed(token);
        }

        var total = parts.Select((part, i) => checked(Whole(token, part) * Milliseconds[first + i]))
            .Aggregate(0L, (sum, part) => checked(sum + part));
        return fraction.Length == 0 ? total : checked(total + Whole(token, fraction.PadRight(3, '0')));
    }

    private static long Whole(Token token, string text) =>
        text.Length > 0 && long.TryParse(text.TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed(token);

    private static TarnException Malformed(Token token) => SqlErrors.Invalid(
        "INVALID_LITERAL",
        token.Position,
        $"'{token.Text}' is not a valid interval literal",
        "write INTERVAL '3' DAY, '1-2' YEAR TO MONTH or '2 03:04:05.678' DAY TO SECOND");

    [GeneratedRegex(@"^(\d+)-(\d+)\s*$")]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"^(?<part>\d+)((?<space> +)(?<part>\d+))?(:(?<part>\d+)){0,2}(\.(?<fraction>\d{1,3}))?\s*$")]
    private static partial Regex DayPattern();
}
