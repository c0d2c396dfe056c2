using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Commands.Sql;

/// <summary>The line of a statement that an error names, with a mark below the place.</summary>
internal static partial class SourceLine
{
    private const int WidthMax = 100;
    private const int ShownBefore = 60;

    /// <summary>Null when the message names no place, or none of this statement.</summary>
    public static string? Of(string sql, string message)
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

        var text = TerminalText.Safe(lines[line - 1].TrimEnd('\r').Replace('\t', ' '));
        if (at < 1 || at > text.Length + 1)
        {
            return null;
        }

        var from = text.Length <= WidthMax ? 0 : Math.Max(0, at - 1 - ShownBefore);
        var shown = text[from..Math.Min(text.Length, from + WidthMax)];
        return $"  {shown}\n  {new string(' ', at - 1 - from)}^";
    }

    [GeneratedRegex(@"\bline (?<line>\d+):(?<at>\d+)")]
    private static partial Regex Place();
}
