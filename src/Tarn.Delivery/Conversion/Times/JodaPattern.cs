using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>
/// A pattern of Joda-Time's DateTimeFormat that reads times, in English and UTC. Fields that it does not name are those
/// of 1970-01-01T00:00. What depends on the day it is read (two-digit years) or on tables of zones is refused.
/// </summary>
/// <remarks>https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html</remarks>
internal sealed class JodaPattern
{
    private readonly JodaField[] _fields;

    private JodaPattern(JodaField[] fields) => _fields = fields;

    /// <summary>Throws Invalid or Unsupported, naming the position.</summary>
    public static JodaPattern Parse(string text)
    {
        var fields = new List<JodaField>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (text[at] == '\'')
            {
                fields.Add(new JodaField('\0', 0, Quoted(text, ref at)));
            }
            else if (char.IsAsciiLetter(text[at]))
            {
                while (at < text.Length && text[at] == text[start])
                {
                    at++;
                }

                Check(text, start, at - start);
                fields.Add(new JodaField(text[start], at - start, ""));
            }
            else
            {
                fields.Add(new JodaField('\0', 0, text[at++].ToString()));
            }
        }

        return fields.Count > 0
            ? new JodaPattern([.. fields])
            : throw new TarnException(ErrorKind.Invalid, "a timestamp format is empty");
    }

    /// <summary>Microseconds since 1970-01-01 UTC of a text that the pattern fits as a whole.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out long micros)
    {
        var time = JodaTime.Epoch;
        for (var index = 0; index < _fields.Length; index++)
        {
            var isNumberNext = index + 1 < _fields.Length && _fields[index + 1].IsNumber;
            if (!_fields[index].TryRead(ref text, isNumberNext, ref time))
            {
                micros = 0;
                return false;
            }
        }

        micros = 0;
        return text.IsEmpty && time.TryMicros(out micros);
    }

    /// <summary>Two quotes stand for one, within quotes too.</summary>
    private static string Quoted(string text, ref int at)
    {
        var start = at++;
        var literal = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf('\'', at);
            if (end < 0)
            {
                throw Wrong(ErrorKind.Invalid, text, start, "a quote is not closed", hint: null);
            }

            literal.Append(text, at, end - at);
            at = end + 1;
            if (at == text.Length || text[at] != '\'')
            {
                return end == start + 1 ? "'" : literal.ToString();
            }

            literal.Append('\'');
            at++;
        }
    }

    private static void Check(string text, int at, int count)
    {
        const string Read = "the letters y, M, d, D, E, a, H, k, K, h, m, s, S and Z are read";
        switch (text[at])
        {
            case 'y' or 'Y' when count == 2:
                throw Wrong(
                    ErrorKind.Unsupported, text, at, "the century of two digits depends on today", "write yyyy");
            case 'Z' when count > 2:
                throw Wrong(ErrorKind.Unsupported, text, at, "names of zones are not read", "write Z for an offset");
            case 'y' or 'Y' or 'M' or 'd' or 'D' or 'E' or 'a' or 'H' or 'k' or 'K' or 'h' or 'm' or 's' or 'S' or 'Z':
                return;
            case 'G' or 'C' or 'x' or 'w' or 'e' or 'z':
                throw Wrong(ErrorKind.Unsupported, text, at, $"the letter {text[at]} is not supported", Read);
            default:
                throw Wrong(ErrorKind.Invalid, text, at, $"the letter {text[at]} has no meaning", Read);
        }
    }

    private static TarnException Wrong(ErrorKind kind, string text, int at, string what, string? hint) =>
        new(kind, $"timestamp format '{text}': {what}", $"at position {at + 1}", hint);
}
