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

    /// <summary>The next row, or null at the end.</summary>
    public static List<string?>? ReadRow(TextReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var values = new List<string?>();
        while (true)
        {
            values.Add(reader.Peek() == '"' ? ReadQuoted(reader) : null);
            if (reader.Read() != ',')
            {
                return values;
            }
        }
    }

    private static string ReadQuoted(TextReader reader)
    {
        var text = new StringBuilder();
        reader.Read();
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (c != '"')
            {
                text.Append((char)c);
            }
            else if (reader.Peek() == '"')
            {
                text.Append((char)reader.Read());
            }
            else
            {
                break;
            }
        }

        return text.ToString();
    }
}
