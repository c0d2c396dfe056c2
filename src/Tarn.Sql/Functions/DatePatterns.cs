using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// date_format and date_parse (MySQL's patterns), format_datetime (Joda's): literal patterns, translated for strftime.
/// </summary>
internal static class DatePatterns
{
    public static Typed? Format(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        return new Typed($"strftime({Moment(call)}, {Translate(call, isParse: false)})", SqlType.Varchar);
    }

    public static Typed? Parse(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        return call[0].Type.Kind is TypeKind.Varchar or TypeKind.Unknown
            ? new Typed(
                $"strptime({DuckText.Coerce(call[0], SqlType.Varchar)}, {Translate(call, isParse: true)})",
                SqlType.Timestamp)
            : throw call.Mismatch();
    }

    public static Typed? FormatJoda(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        return new Typed($"strftime({Moment(call)}, {TranslateJoda(call)})", SqlType.Varchar);
    }

    /// <summary>The offset is kept as an instant; the result is shown in UTC.</summary>
    public static Typed? FromIso(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        if (call[0].Type.Kind != TypeKind.Varchar)
        {
            throw call.Mismatch();
        }

        var text = call[0].Sql;
        var zoned = $"regexp_matches({text}, '([Zz]|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') AND contains({text}, 'T')";
        return new Typed(
            $"(CASE WHEN {zoned} THEN CAST({text} AS TIMESTAMPTZ) ELSE timezone('UTC', CAST({text} AS TIMESTAMP)) END)",
            SqlType.TimestampTz);
    }

    private static string Moment(SpecialCall call) => call[0].Type.Kind switch
    {
        TypeKind.Date => $"CAST({call[0].Sql} AS TIMESTAMP)",
        TypeKind.Timestamp or TypeKind.TimestampWithTimeZone => DuckText.Local(call[0]),
        _ => throw call.Mismatch(),
    };

    private static string Translate(SpecialCall call, bool isParse)
    {
        var pattern = call.LiteralText(1, "pattern");
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            var field = pattern[++i];
            text.Append((isParse ? ParseField(field) : FormatField(field)) ?? throw Refuse(call, $"%{field}"));
        }

        return DuckText.Text(text.ToString());
    }

    private static string? FormatField(char field) => field switch
    {
        'Y' or 'm' or 'd' or 'H' or 'y' or 'j' or 'b' or 'a' or 'p' or 'f' or '%' => "%" + field,
        'i' => "%M",
        's' or 'S' => "%S",
        'h' or 'I' => "%I",
        'k' => "%-H",
        'l' => "%-I",
        'c' => "%-m",
        'e' => "%-d",
        'M' => "%B",
        'W' => "%A",
        'T' => "%H:%M:%S",
        'r' => "%I:%M:%S %p",
        'v' => "%V",
        'x' => "%G",
        _ => null,
    };

    private static string? ParseField(char field) => field switch
    {
        'Y' or 'm' or 'd' or 'H' or 'b' or 'p' or '%' => "%" + field,
        'i' => "%M",
        's' or 'S' => "%S",
        'h' or 'I' or 'l' => "%I",
        'k' => "%H",
        'c' => "%m",
        'e' => "%d",
        'M' => "%B",
        'T' => "%H:%M:%S",
        'r' => "%I:%M:%S %p",
        _ => null,
    };

    private static string TranslateJoda(SpecialCall call)
    {
        var pattern = call.LiteralText(1, "pattern");
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            var length = pattern.Skip(i).TakeWhile(next => next == c).Count();
            if (c == '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                if (end <= i + 1)
                {
                    throw Refuse(call, "'");
                }

                text.Append(pattern[(i + 1)..end].Replace("%", "%%", StringComparison.Ordinal));
                i = end + 1;
                continue;
            }

            text.Append(char.IsAsciiLetter(c)
                ? JodaField(c, length) ?? throw Refuse(call, new string(c, length))
                : new string(c, length).Replace("%", "%%", StringComparison.Ordinal));
            i += length;
        }

        return DuckText.Text(text.ToString());
    }

    private static string? JodaField(char field, int length) => (field, length) switch
    {
        ('y' or 'Y', 4) => "%Y",
        ('y' or 'Y', 2) => "%y",
        ('M', 1) => "%-m",
        ('M', 2) => "%m",
        ('M', 3) => "%b",
        ('M', >= 4) => "%B",
        ('d', 1) => "%-d",
        ('d', 2) => "%d",
        ('D', 3) => "%j",
        ('H', 1) => "%-H",
        ('H', 2) => "%H",
        ('h', 1) => "%-I",
        ('h', 2) => "%I",
        ('m', 1) => "%-M",
        ('m', 2) => "%M",
        ('s', 1) => "%-S",
        ('s', 2) => "%S",
        ('S', 3) => "%g",
        ('E', <= 3) => "%a",
        ('E', >= 4) => "%A",
        ('e', 1) => "%u",
        ('a', _) => "%p",
        _ => null,
    };

    private static TarnException Refuse(SpecialCall call, string field) => SqlErrors.Unsupported(
        call.Call.Arguments[1].Position, $"{call.Call.Name}: pattern field '{field}' is not supported");
}
