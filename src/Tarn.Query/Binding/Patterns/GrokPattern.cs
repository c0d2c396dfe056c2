using System.Globalization;
using System.Text;

namespace Tarn.Query.Binding.Patterns;

/// <summary>Expands <c>%{NAME}</c> and <c>%{NAME:field}</c> into one regular expression.</summary>
internal static class GrokPattern
{
    private const int DepthMax = 50;

    /// <summary>Of the field at this place of the names.</summary>
    public static string GroupName(int index) => string.Create(CultureInfo.InvariantCulture, $"f{index}");

    /// <summary>Throws FormatException for a name that is not known, and for patterns that name each other.</summary>
    /// <param name="fields">Gets the fields' names, in order.</param>
    public static string Expand(
        string format, IReadOnlyDictionary<string, string> patterns, List<string> fields, int depth = 0)
    {
        if (depth > DepthMax)
        {
            throw new FormatException("patterns name each other in a circle");
        }

        var text = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var start = format.IndexOf("%{", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : format.IndexOf('}', start);
            if (end < 0)
            {
                text.Append(format, at, format.Length - at);
                break;
            }

            text.Append(format, at, start - at);
            Append(text, format[(start + 2)..end].Split(':'), patterns, fields, depth);
            at = end + 1;
        }

        return text.ToString();
    }

    private static void Append(
        StringBuilder text,
        string[] parts,
        IReadOnlyDictionary<string, string> patterns,
        List<string> fields,
        int depth)
    {
        if (!patterns.TryGetValue(parts[0], out var pattern))
        {
            throw new FormatException($"pattern '{parts[0]}' is not known");
        }

        if (parts.Length > 1)
        {
            fields.Add(parts[1]);
            text.Append("(?<").Append(GroupName(fields.Count - 1)).Append('>');
        }
        else
        {
            text.Append("(?:");
        }

        text.Append(Expand(pattern, patterns, fields, depth + 1)).Append(')');
    }
}
