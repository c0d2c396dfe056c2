using System.Globalization;
using System.Text;

namespace Tarn.Commands;

/// <summary>Text of strangers on a terminal.</summary>
internal static class TerminalText
{
    /// <summary>The text on one line, control characters as <c>\u001b</c>.</summary>
    public static string Safe(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder();
        foreach (var character in text)
        {
            _ = char.IsControl(character)
                ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : safe.Append(character);
        }

        return safe.ToString();
    }
}
