using System.Globalization;
using Tarn.Primitives.Errors;
using YamlDotNet.RepresentationModel;

namespace Tarn.Projects.Yaml;

/// <summary>
/// A map of a YAML file. Each read names its key; <see cref="End"/> then reports the keys nobody read. A read that
/// fails records an error in <see cref="File"/> and answers with the default, so that one pass finds everything.
/// </summary>
public sealed class YamlMap
{
    private readonly YamlMappingNode node;
    private readonly string place;
    private readonly HashSet<string> read = [];

    internal YamlMap(YamlFile file, YamlMappingNode node, string place)
    {
        File = file;
        this.node = node;
        this.place = place;
    }

    /// <summary>The file this map stands in.</summary>
    public YamlFile File { get; }

    /// <summary>Names of all keys, in the file's order.</summary>
    public IReadOnlyList<string> Keys =>
        [.. node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "")];

    /// <summary>A text, or null when the key is absent.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text }:
                return text;
            case var other:
                File.Add(other.Start, $"'{key}' of {place} must be a text");
                return null;
        }
    }

    /// <summary>A text that must be there; an empty one is an error.</summary>
    public string RequiredText(string key)
    {
        var found = Find(key);
        if (found is null || (found is YamlScalarNode scalar && string.IsNullOrWhiteSpace(scalar.Value)))
        {
            File.Add(node.Start, $"{place} needs '{key}'");
        }

        return Text(key) ?? "";
    }

    /// <summary>A whole number within bounds, or null when the key is absent.</summary>
    public long? Number(string key, long min, long max)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        File.Add(Find(key)!.Start, $"'{key}' of {place} must be a whole number from {min} to {max}, not '{text}'");
        return null;
    }

    /// <summary>A number with or without decimals within bounds, or null when the key is absent.</summary>
    public double? Fraction(string key, double min, double max)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        File.Add(
            Find(key)!.Start,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{key}' of {place} must be a number from {min} to {max}, not '{text}'"));
        return null;
    }

    /// <summary>One of the given words, or null when the key is absent.</summary>
    public string? Choice(string key, IReadOnlyList<string> words)
    {
        if (Text(key) is not { } text || words.Contains(text))
        {
            return Text(key);
        }

        Error(key, $"must be one of {string.Join(", ", words)}, not '{text}'{Hint(text, words)}");
        return null;
    }

    /// <summary>A list of texts; empty when the key is absent.</summary>
    public IReadOnlyList<string> TextList(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode sequence when sequence.Children.All(item => item is YamlScalarNode):
                return [.. sequence.Children.Select(item => ((YamlScalarNode)item).Value ?? "")];
            case var other:
                File.Add(other.Start, $"'{key}' of {place} must be a list of texts");
                return [];
        }
    }

    /// <summary>A map, empty when the key is absent.</summary>
    public YamlMap Map(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return new YamlMap(File, new YamlMappingNode(), key);
            case YamlMappingNode map:
                return new YamlMap(File, map, key);
            case var other:
                File.Add(other.Start, $"'{key}' of {place} must be a map of keys");
                return new YamlMap(File, new YamlMappingNode(), key);
        }
    }

    /// <summary>
    /// The entries of a map whose values are maps, such as <c>streams: { scores: { shards: 2 } }</c>.
    /// </summary>
    public IEnumerable<KeyValuePair<string, YamlMap>> Maps(string key)
    {
        var map = Map(key);
        foreach (var (name, value) in map.Entries())
        {
            switch (value)
            {
                case YamlMappingNode entry:
                    yield return new(name, new YamlMap(File, entry, $"{key} '{name}'"));
                    break;
                case YamlScalarNode { Value: null or "" }:
                    yield return new(name, new YamlMap(File, new YamlMappingNode(), $"{key} '{name}'"));
                    break;
                default:
                    File.Add(value.Start, $"'{name}' of {key} must be a map of keys");
                    break;
            }
        }
    }

    /// <summary>The entries of a map whose values are texts, in the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts(string key)
    {
        var map = Map(key);
        return [.. map.Keys.Select(name => new KeyValuePair<string, string>(name, map.RequiredText(name)))];
    }

    /// <summary>The items of a list of maps.</summary>
    public IEnumerable<YamlMap> List(string key)
    {
        if (Find(key) is not { } found)
        {
            yield break;
        }

        if (found is not YamlSequenceNode sequence)
        {
            File.Add(found.Start, $"'{key}' of {place} must be a list");
            yield break;
        }

        var position = 0;
        foreach (var item in sequence.Children)
        {
            position++;
            if (item is YamlMappingNode map)
            {
                yield return new YamlMap(File, map, $"{key} {position}");
            }
            else
            {
                File.Add(item.Start, $"item {position} of '{key}' must be a map of keys");
            }
        }
    }

    /// <summary>Records an error at a key (or at the map when the key is absent).</summary>
    public void Error(string key, string text) =>
        File.Add((Find(key) ?? node).Start, $"'{key}' of {place} {text}");

    /// <summary>Reports every key that was not read, with the nearest known one.</summary>
    public void End()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = ((YamlScalarNode)key).Value ?? "";
            if (!read.Contains(name))
            {
                File.Add(key.Start, $"unknown key '{name}' in {place}{Hint(name, read)}");
            }
        }
    }

    private static string Hint(string word, IEnumerable<string> known) =>
        Suggestion.Hint(word, known) is { } hint ? "; " + hint : "";

    private IEnumerable<KeyValuePair<string, YamlNode>> Entries()
    {
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            read.Add(name);
            yield return new(name, value);
        }
    }

    private YamlNode? Find(string key)
    {
        read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }
}
