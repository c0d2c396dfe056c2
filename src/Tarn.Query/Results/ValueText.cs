using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Sql.Types;

namespace Tarn.Query.Results;

/// <summary>
/// Values as Athena prints them: <c>1.0E7</c>, <c>2026-11-23 10:00:00.000</c>, <c>[a, b]</c>, <c>{k=v}</c>.
/// </summary>
internal static class ValueText
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>The text, or null for NULL.</summary>
    public static string? Print(object? value, SqlType type) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        string text => type.Kind switch
        {
            TypeKind.Char => text.TrimEnd(' ').PadRight(type.Length ?? 0),
            TypeKind.TimeWithTimeZone => ZonedTime(text),
            _ => text,
        },
        float number => Floating(number, number.ToString("R", Plain), Math.Abs(number)),
        double number => Floating(number, number.ToString("R", Plain), Math.Abs(number)),
        decimal number => Decimal(number.ToString(Plain), type),
        BigInteger number => number.ToString(Plain),
        DateOnly date => date.ToString("yyyy-MM-dd", Plain),
        DateTime moment => Moment(Round(moment.Ticks, moment.Kind), type),
        TimeOnly time => Round(time.Ticks, DateTimeKind.Unspecified).ToString("HH:mm:ss.fff", Plain),
        TimeSpan span => type.Kind == TypeKind.IntervalYearToMonth ? Months(0) : Interval(span),
        DuckDbInterval interval => Months(interval.Months),
        byte[] bytes => string.Join(' ', bytes.Select(b => b.ToString("x2", Plain))),
        _ when type.Kind == TypeKind.Row && value is IReadOnlyDictionary<string, object?> row => Row(row, type),
        _ when type.Kind == TypeKind.Map && value is IEnumerable pairs => Map(pairs, type),
        _ when type.Kind == TypeKind.Array && value is IEnumerable items =>
            $"[{string.Join(", ", items.Cast<object?>().Select(item => Print(item, type.Arguments[0]) ?? "null"))}]",
        IFormattable other => other.ToString(null, Plain),
        _ => value.ToString(),
    };

    /// <summary>
    /// Java's notation: plain from 0.001 to 10^7, else one digit, a point, the rest, E and the exponent.
    /// </summary>
    private static string Floating(double value, string shortest, double magnitude)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var sign = value < 0 ? "-" : "";
        var (digits, exponent) = Split(shortest.TrimStart('-'));
        if (magnitude is < 0.001 or >= 10_000_000)
        {
            return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(Plain)}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return $"{sign}{whole[..(exponent + 1)]}.{(whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0")}";
    }

    /// <summary>Significant digits and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Split(string text)
    {
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var shift = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], Plain);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var zeros = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0') is { Length: > 0 } digits ? digits : "0", whole - zeros - 1 + shift);
    }

    /// <summary>Exactly the scale's digits after the point.</summary>
    private static string Decimal(string text, SqlType type)
    {
        if (type.Kind != TypeKind.Decimal)
        {
            return text;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var written = point < 0 ? 0 : text.Length - point - 1;
        return type.Scale == written ? text
            : written < type.Scale ? text + (point < 0 ? "." : "") + new string('0', type.Scale - written)
            : text;
    }

    private static string Moment(DateTime moment, SqlType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Date:
                return moment.ToString("yyyy-MM-dd", Plain);
            case TypeKind.TimestampWithTimeZone:
                return $"{Local(moment, type.Zone).ToString("yyyy-MM-dd HH:mm:ss.fff", Plain)} {type.Zone}";
            default:
                return moment.ToString("yyyy-MM-dd HH:mm:ss.fff", Plain);
        }
    }

    /// <summary>Athena shows milliseconds whatever the type keeps.</summary>
    private static DateTime Round(long ticks, DateTimeKind kind)
    {
        var rounded = (ticks + (TimeSpan.TicksPerMillisecond / 2)) / TimeSpan.TicksPerMillisecond;
        return new DateTime(
            Math.Min(rounded * TimeSpan.TicksPerMillisecond, DateTime.MaxValue.Ticks - 9_999), kind);
    }

    private static DateTime Local(DateTime instant, string zone)
    {
        var utc = DateTime.SpecifyKind(instant, DateTimeKind.Utc);
        return zone[0] is '+' or '-'
            ? utc + TimeSpan.Parse(zone.TrimStart('+'), Plain)
            : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
                ? TimeZoneInfo.ConvertTimeFromUtc(utc, known)
                : throw new TarnException(ErrorKind.Invalid, $"'{zone}' is not a valid time zone")
                {
                    Code = "INVALID_FUNCTION_ARGUMENT",
                };
    }

    /// <summary>From six digits of the fraction to three.</summary>
    private static string ZonedTime(string text)
    {
        var time = TimeOnly.Parse(text.AsSpan(0, 15), Plain);
        return Round(time.Ticks, DateTimeKind.Unspecified).ToString("HH:mm:ss.fff", Plain) + text[15..];
    }

    private static string Interval(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "-" : "";
        var size = span.Duration();
        return sign + size.Days.ToString(Plain) + " " + size.ToString(@"hh\:mm\:ss\.fff", Plain);
    }

    private static string Months(int months) => string.Create(
        Plain, $"{(months < 0 ? "-" : "")}{Math.Abs(months) / 12}-{Math.Abs(months) % 12}");

    private static string Row(IReadOnlyDictionary<string, object?> row, SqlType type)
    {
        var fields = row.Values.Select((field, i) =>
            $"{type.FieldKey(i)}={Print(field, type.Arguments[i]) ?? "null"}");
        return $"{{{string.Join(", ", fields)}}}";
    }

    private static string Map(IEnumerable pairs, SqlType type)
    {
        var text = new StringBuilder("{");
        foreach (var pair in pairs)
        {
            var (key, value) = pair is KeyValuePair<object, object?> typed ? (typed.Key, typed.Value) : Take(pair);
            text.Append(text.Length == 1 ? "" : ", ")
                .Append(Print(key, type.Arguments[0]))
                .Append('=')
                .Append(Print(value, type.Arguments[1]) ?? "null");
        }

        return text.Append('}').ToString();
    }

    private static (object? Key, object? Value) Take(object? pair) => pair switch
    {
        DictionaryEntry entry => (entry.Key, entry.Value),
        KeyValuePair<object, object?> entry => (entry.Key, entry.Value),
        _ => throw new InvalidOperationException($"a map's entry is a {pair?.GetType()}"),
    };
}
