using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tarn.Query.Executions;

/// <summary>The line of a statement that an error names. Pure.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">The line, or what of a long one is around the place, and below it a mark.</param>
public sealed partial record SourceLine(int Line, int Column, string Text)
{
    private const int WidthMax = 100;
    private const int ShownBefore = 60;

    /// <summary>Null when the message names no place, or none of this statement.</summary>
    public static SourceLine? Find(string sql, string message)
    {
        if (Place().Match(message) is not { Success: true } place
            || !int.TryParse(place.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            || !int.TryParse(place.Groups["at"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return null;
        }

        var lines = sql.Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return null;
        }

        var text = Printable(lines[line - 1].TrimEnd('\r'));
        if (at < 1 || at > text.Length + 1)
        {
            return null;
        }

        var from = text.Length <= WidthMax ? 0 : Math.Max(0, at - 1 - ShownBefore);
        var shown = text[from..Math.Min(text.Length, from + WidthMax)];
        return new SourceLine(line, at, $"{shown}\n{new string(' ', at - 1 - from)}^");
    }

    /// <summary>Tabs and other control characters as one blank each, so that the mark stands right.</summary>
    private static string Printable(string line)
    {
        var text = new StringBuilder(line.Length);
        foreach (var character in line)
        {
            text.Append(char.IsControl(character) ? ' ' : character);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\bline (?<line>\d+):(?<at>\d+)")]
    private static partial Regex Place();
}
