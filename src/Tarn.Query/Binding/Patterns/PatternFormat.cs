using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.Patterns;

/// <summary>
/// RegexSerDe: the groups of a pattern are the columns by position, and a line that does not match as a whole is a row
/// of NULLs. GrokSerDe: the pattern's fields are the columns by name, and it is looked for within the line.
/// </summary>
internal sealed class PatternFormat(LinePattern pattern, Func<LineField, int> groupOf) : LineFormat
{
    public override bool IsByName => false;

    public static LineFormat OfRegex(SerDeProperties properties)
    {
        properties.RefuseOthers(
            "input.regex", "input.regex.case.insensitive", "output.format.string", "serialization.format");
        var java = properties.Find("input.regex") ?? throw properties.Invalid("RegexSerDe needs 'input.regex'");
        var options = properties.IsTrue("input.regex.case.insensitive") ? RegexOptions.IgnoreCase : RegexOptions.None;
        var pattern = Make(properties, "input.regex", () =>
            new LinePattern($"\\A(?:{JavaPattern.Translate(java)})\\z", options));
        return new PatternFormat(pattern, field => field.Position + 1);
    }

    public static LineFormat OfGrok(SerDeProperties properties)
    {
        properties.RefuseOthers("input.format", "input.grokCustomPatterns", "serialization.format");
        var format = properties.Find("input.format") ?? throw properties.Invalid("GrokSerDe needs 'input.format'");
        var custom = properties.Find("input.grokCustomPatterns") ?? "";
        var names = new List<string>();
        var pattern = Make(properties, "input.format", () =>
        {
            var text = GrokPattern.Expand(format, GrokPatterns.With(custom), names);
            return new LinePattern(text, RegexOptions.ExplicitCapture);
        });
        return new PatternFormat(pattern, field =>
            names.FindIndex(name => name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
                ? pattern.GroupNumber(GrokPattern.GroupName(index))
                : -1);
    }

    public override ILineRow NewRow(IReadOnlyList<LineField> fields)
    {
        if (fields.FirstOrDefault(field => field.IsNested) is { } nested)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"column '{nested.Name}' has type {nested.Type}, which a pattern cannot read",
                hint: "declare it as string") { Code = "NOT_SUPPORTED" };
        }

        var known = pattern.GroupNumbers;
        return new PatternRow(
            pattern, fields, [.. fields.Select(groupOf).Select(group => known.Contains(group) ? group : -1)]);
    }

    private static LinePattern Make(SerDeProperties properties, string name, Func<LinePattern> make)
    {
        try
        {
            return make();
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw properties.Invalid($"the SerDe property '{name}' is no pattern that is supported", failure.Message);
        }
    }
}
