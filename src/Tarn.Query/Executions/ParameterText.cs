using System.Globalization;
using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>
/// Puts the parameters of a request into its statement: each <c>?</c> outside of quotes and comments becomes the
/// literal in its place, and <c>EXECUTE name</c> without USING gets them as its arguments. Only literals are taken, so
/// that a parameter never is a piece of SQL; a text without quotes is taken for a text, as Athena does it.
/// </summary>
internal static class ParameterText
{
    public static string Bind(string sql, IReadOnlyList<string> parameters)
    {
        var literals = parameters.Select(Literal).ToList();
        var marks = Marks(sql);
        if (marks.Count == 0 && IsExecute(sql))
        {
            return $"{sql.TrimEnd().TrimEnd(';')} USING {string.Join(", ", literals)}";
        }

        if (marks.Count != literals.Count)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Incorrect number of parameters: expected {marks.Count} but found {literals.Count}"))
            {
                Code = "INVALID_PARAMETER_USAGE",
            };
        }

        var bound = new StringBuilder();
        var from = 0;
        for (var i = 0; i < marks.Count; i++)
        {
            bound.Append(sql, from, marks[i] - from).Append(literals[i]);
            from = marks[i] + 1;
        }

        return bound.Append(sql, from, sql.Length - from).ToString();
    }

    private static bool IsExecute(string sql)
    {
        var words = sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0
            && words[0].Equals("EXECUTE", StringComparison.OrdinalIgnoreCase)
            && !words.Any(word => word.Equals("USING", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A literal as it is to stand in the statement.</summary>
    private static string Literal(string parameter)
    {
        var text = parameter.Trim();
        var isTyped = text.Length > 1 && text[^1] == '\'' && text[0] != '\'' && IsTyped(text);
        if (IsQuoted(text) || isTyped || IsNumber(text) || text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE")
        {
            return text;
        }

        return "'" + parameter.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    /// <summary>A type's word and a quoted text, such as <c>DATE '2026-11-23'</c>.</summary>
    private static bool IsTyped(string text)
    {
        var quote = text.IndexOf('\'', StringComparison.Ordinal);
        var word = text[..quote].TrimEnd();
        return word.ToUpperInvariant() is "DATE" or "TIMESTAMP" or "TIME" or "DECIMAL" or "X" or "VARCHAR" or "CHAR"
                or "BIGINT" or "DOUBLE" or "JSON"
            && IsQuoted(text[quote..]);
    }

    /// <summary>One text in quotes, with every quote within doubled.</summary>
    private static bool IsQuoted(string text) =>
        text.Length >= 2
        && text[0] == '\''
        && text[^1] == '\''
        && !text[1..^1].Replace("''", "", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal);

    private static bool IsNumber(string text) =>
        text.Any(char.IsAsciiDigit)
        && double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out _);

    /// <summary>Where the question marks stand that are parameters.</summary>
    private static List<int> Marks(string sql)
    {
        var marks = new List<int>();
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] is '\'' or '"')
            {
                i = End(sql, i + 1, sql[i].ToString()) - 1;
            }
            else if (string.CompareOrdinal(sql, i, "--", 0, 2) == 0)
            {
                i = End(sql, i + 2, "\n") - 1;
            }
            else if (string.CompareOrdinal(sql, i, "/*", 0, 2) == 0)
            {
                i = End(sql, i + 2, "*/") - 1;
            }
            else if (sql[i] == '?')
            {
                marks.Add(i);
            }
        }

        return marks;
    }

    /// <summary>The offset after <paramref name="mark"/>, or the end; a doubled quote begins anew.</summary>
    private static int End(string sql, int from, string mark)
    {
        var found = sql.IndexOf(mark, Math.Min(from, sql.Length), StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }
}
