using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Timestamps;

/// <summary>
/// A pattern of java.time's DateTimeFormatter, printed as Java prints it in English. Optional sections, padding and
/// names of zones are refused. Immutable, so thread-safe.
/// </summary>
internal sealed class TimestampPattern
{
    private TimestampPattern(string text, IReadOnlyList<PatternField> fields)
    {
        Text = text;
        Fields = fields;
    }

    public string Text { get; }

    public IReadOnlyList<PatternField> Fields { get; }

    /// <summary>The pattern, or what is wrong with it and where.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out TimestampPattern? pattern,
        [NotNullWhen(false)] out PatternFault? fault)
    {
        var fields = new List<PatternField>();
        pattern = null;
        fault = text.Length == 0 ? new PatternFault(0, "the time pattern is empty", ErrorKind.Invalid, null) : null;
        for (var i = 0; fault is null && i < text.Length;)
        {
            if (char.IsAsciiLetter(text[i]))
            {
                var count = 1;
                while (i + count < text.Length && text[i + count] == text[i])
                {
                    count++;
                }

                fault = PatternLetters.Find(text[i], count, i);
                fields.Add(new PatternField(text[i], count, "", i));
                i += count;
                continue;
            }

            (i, var literal, fault) = text[i] == '\'' ? Quoted(text, i) : Plain(text, i);
            fields.Add(new PatternField('\0', 0, literal, i));
        }

        if (fault is not null)
        {
            return false;
        }

        pattern = new TimestampPattern(text, fields);
        return true;
    }

    /// <summary>The moment as text; its offset says which zone it is in.</summary>
    public string Format(DateTimeOffset time)
    {
        var output = new StringBuilder(Text.Length + 8);
        foreach (var field in Fields)
        {
            if (field.IsLiteral)
            {
                output.Append(field.Literal);
            }
            else
            {
                FieldPrinter.Print(output, field.Letter, field.Count, time);
            }
        }

        return output.ToString();
    }

    private static (int Next, string Literal, PatternFault? Fault) Plain(string text, int at)
    {
        var c = text[at];
        return c switch
        {
            '[' or ']' => (at + 1, "", new PatternFault(
                at, $"'{c}' (an optional section) is not supported in time patterns", ErrorKind.Unsupported, null)),
            '{' or '}' or '#' => (at + 1, "", new PatternFault(
                at, $"'{c}' is reserved in time patterns", ErrorKind.Invalid, "put it in quotes")),
            _ => (at + 1, c.ToString(), null),
        };
    }

    private static (int Next, string Literal, PatternFault? Fault) Quoted(string text, int start)
    {
        var literal = new StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] != '\'')
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '\'')
            {
                literal.Append('\'');
                i++;
            }
            else
            {
                return (i + 1, i == start + 1 ? "'" : literal.ToString(), null);
            }
        }

        return (text.Length, "", new PatternFault(start, "a quote is not closed", ErrorKind.Invalid, "'text'"));
    }
}
