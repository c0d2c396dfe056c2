using System.Text;

namespace Tarn.Query.Results;

/// <summary>
/// Athena's CSV: every value quoted, quotes doubled, NULL an empty field without quotes, <c>\n</c> after each row.
/// </summary>
internal static class CsvText
{
    public static void AppendRow(StringBuilder text, IEnumerable<string?> values)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
            {
                text.Append(',');
            }

            isFirst = false;
            if (value is not null)
            {
                text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
        }

        text.Append('\n');
    }

    /// <summary>The values of a row without its line feed.</summary>
    public static List<string?> ReadRow(ReadOnlySpan<byte> row)
    {
        var values = new List<string?>();
        while (true)
        {
            values.Add(row.StartsWith((byte)'"') ? ReadQuoted(ref row) : null);
            if (row.IsEmpty)
            {
                return values;
            }

            row = row[1..];
        }
    }

    /// <summary>The value in quotes that the row begins with, and what follows it as the row.</summary>
    private static string ReadQuoted(ref ReadOnlySpan<byte> row)
    {
        var hasQuotes = false;
        for (var from = 1; ;)
        {
            var end = row[from..].IndexOf((byte)'"') is >= 0 and var found ? from + found : row.Length;
            if (end + 1 < row.Length && row[end + 1] == '"')
            {
                hasQuotes = true;
                from = end + 2;
                continue;
            }

            var text = Encoding.UTF8.GetString(row[1..end]);
            row = row[Math.Min(end + 1, row.Length)..];
            return hasQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }
}
