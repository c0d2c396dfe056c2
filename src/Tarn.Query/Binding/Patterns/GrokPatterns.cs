namespace Tarn.Query.Binding.Patterns;

/// <summary>The patterns that Grok has by name: what logs are commonly made of.</summary>
internal static class GrokPatterns
{
    private static readonly Dictionary<string, string> Standard = Load();

    /// <summary>
    /// The known ones with a table's own, one a line: <c>NAME pattern</c>. An own one hides a known one.
    /// </summary>
    public static IReadOnlyDictionary<string, string> With(string custom)
    {
        var patterns = new Dictionary<string, string>(Standard, StringComparer.Ordinal);
        foreach (var (name, pattern) in Parse(custom.Replace("\\n", "\n", StringComparison.Ordinal)))
        {
            patterns[name] = pattern;
        }

        return patterns;
    }

    private static Dictionary<string, string> Load()
    {
        using var resource = typeof(GrokPatterns).Assembly.GetManifestResourceStream("grok.patterns")!;
        using var text = new StreamReader(resource);
        return Parse(text.ReadToEnd());
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var patterns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0)
            {
                throw new FormatException($"'{line}' is no pattern: it is written 'NAME pattern'");
            }

            patterns[line[..space]] = line[(space + 1)..].Trim();
        }

        return patterns;
    }
}
