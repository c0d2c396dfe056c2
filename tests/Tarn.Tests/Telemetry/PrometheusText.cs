using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Tests.Telemetry;

/// <summary>
/// Prometheus' text format, read strictly: a family is declared once, with TYPE before its samples, and all its samples
/// follow each other; nothing is there twice; histograms are cumulative and end with all that they counted.
/// </summary>
internal sealed partial class PrometheusText
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "summary", "untyped"];

    private readonly Dictionary<string, string> types = [];
    private readonly Dictionary<string, double> samples = [];
    private string family = "";

    private PrometheusText()
    {
    }

    /// <summary>Family name to type.</summary>
    public IReadOnlyDictionary<string, string> Families => types;

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var parsed = new PrometheusText();
        foreach (var line in text.Split('\n')[..^1].Where(line => line.Length > 0))
        {
            parsed.Read(line);
        }

        foreach (var (name, _) in parsed.types.Where(family => family.Value == "histogram"))
        {
            parsed.CheckHistogram(name);
        }

        return parsed;
    }

    /// <summary>The value of the one series of that name whose labels hold all of these.</summary>
    public double Value(string name, params string[] labels) => Assert.Single(
        samples,
        sample => sample.Key.StartsWith(name + "{", StringComparison.Ordinal)
            && labels.All(label => sample.Key.Contains(label, StringComparison.Ordinal))).Value;

    private void Read(string line)
    {
        if (line.StartsWith('#'))
        {
            Declare(line);
            return;
        }

        var match = Sample().Match(line);
        Assert.True(match.Success, $"not a sample: {line}");
        var name = match.Groups["name"].Value;
        Assert.True(Suffixes(family).Contains(name), $"{name} stands below the family '{family}'");
        var labels = match.Groups["label"].Captures.Select(label => label.Value).ToList();
        Assert.Equal(labels.Count, labels.Select(label => label.Split('=')[0]).Distinct().Count());
        var key = $"{name}{{{string.Join(",", labels)}}}";
        Assert.True(samples.TryAdd(key, Number(match.Groups["value"].Value)), $"twice: {key}");
    }

    private void Declare(string line)
    {
        var match = Declaration().Match(line);
        Assert.True(match.Success, $"not a declaration: {line}");
        if (match.Groups["type"] is { Success: true } type)
        {
            Assert.Contains(type.Value, Types);
            family = match.Groups["name"].Value;
            Assert.True(types.TryAdd(family, type.Value), $"declared twice: {line}");
        }
        else if (match.Groups["name"].Success)
        {
            Assert.Equal(family, match.Groups["name"].Value);
        }
    }

    private string[] Suffixes(string name) => types[name] switch
    {
        "histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
        _ => [name],
    };

    private void CheckHistogram(string name)
    {
        var buckets = samples.Where(sample => sample.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
            .ToList();
        var bounds = buckets.Select(bucket => Number(Bound().Match(bucket.Key).Groups["le"].Value)).ToList();
        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal(double.PositiveInfinity, bounds[^1]);
        Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
        Assert.Equal(Value(name + "_count"), buckets[^1].Value);
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{((?<label>[a-zA-Z_]\w*="(\\[\\n"]|[^"\\])*"),?)*\} (?<value>\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex(
        "^# (TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>[a-z]+)|HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) .*|EOF)$")]
    private static partial Regex Declaration();

    [GeneratedRegex("le=\"(?<le>[^\"]+)\"")]
    private static partial Regex Bound();
}
