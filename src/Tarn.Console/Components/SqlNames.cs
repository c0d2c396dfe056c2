using System.Text.RegularExpressions;

namespace Tarn.Console.Components;

/// <summary>Names as SQL text.</summary>
internal static partial class SqlNames
{
    /// <summary>The parts of a name, joined by dots; those that are no plain words in double quotes.</summary>
    public static string Of(params string[] names) =>
        string.Join('.', names.Select(name => Plain().IsMatch(name) ? name : '"' + name.Replace("\"", "\"\"") + '"'));

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex Plain();
}
