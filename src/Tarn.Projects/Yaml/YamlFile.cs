using Tarn.Primitives.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tarn.Projects.Yaml;

/// <summary>
/// A YAML file read strictly: unknown keys, wrong types and values out of range are all collected, each with file,
/// line and column, and reported together by <see cref="ThrowIfErrors"/>.
/// </summary>
public sealed class YamlFile
{
    private readonly List<string> errors = [];

    private YamlFile(string name) => Name = name;

    /// <summary>As shown in errors, such as <c>lake.yaml</c>.</summary>
    public string Name { get; }

    /// <summary>What is wrong so far, <c>file:line:column: text</c> each.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>Parses <paramref name="text"/>; an empty document is an empty map.</summary>
    public static YamlMap Parse(string name, string text)
    {
        var file = new YamlFile(name);
        var stream = new YamlStream();
        try
        {
            if (YamlShape.Fault(text) is var (at, fault))
            {
                file.Add(at, fault);
                return new YamlMap(file, new YamlMappingNode(), "the file");
            }

            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            file.Add(error.Start, error.Message);
            return new YamlMap(file, new YamlMappingNode(), "the file");
        }

        if (stream.Documents.Count == 0
            || (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" }))
        {
            return new YamlMap(file, new YamlMappingNode(), "the file");
        }

        if (stream.Documents[0].RootNode is YamlMappingNode root && stream.Documents.Count == 1)
        {
            return new YamlMap(file, root, "the file");
        }

        file.Add(stream.Documents[^1].RootNode.Start, "expected one document that is a map of keys");
        return new YamlMap(file, new YamlMappingNode(), "the file");
    }

    /// <summary>Reports everything found, or nothing.</summary>
    /// <exception cref="TarnException">Invalid; the detail has one line per error.</exception>
    public void ThrowIfErrors()
    {
        if (errors.Count > 0)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                errors.Count == 1 ? errors[0] : $"{Name} has {errors.Count} errors",
                errors.Count == 1 ? null : string.Join(Environment.NewLine, errors));
        }
    }

    internal void Add(Mark at, string text) => errors.Add($"{Name}:{at.Line}:{at.Column}: {text}");
}
