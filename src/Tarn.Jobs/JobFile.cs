using System.Text.RegularExpressions;
using Tarn.Jobs.Specs;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs;

/// <summary>
/// A job as a SQL file: front matter in the comment block that it begins with, then one SELECT.
/// </summary>
/// <remarks>
/// <code>
/// -- Turns new raw scores into Parquet.              a line without a key is a remark
/// -- target: curated.scores                          required
/// -- location: s3://lake/curated/scores/
/// -- partitioned_by: year, month, day, hour
/// -- bookmark: raw.scores
/// -- schedule: */5 * * * *
/// SELECT ...
/// </code>
/// The file stays the job's SQL as a whole, so that lines in later errors are lines of the file.
/// </remarks>
public static partial class JobFile
{
    private static readonly string[] Keys = ["target", "location", "partitioned_by", "bookmark", "schedule"];

    /// <summary>
    /// Fails with Invalid and the line for unknown, repeated, empty or misplaced keys and for a missing target.
    /// </summary>
    public static JobSpec Parse(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var values = new Dictionary<string, (string Value, int Line)>(StringComparer.Ordinal);
        var index = 0;
        while (index < lines.Length && (IsComment(lines[index]) || (index == 0 && string.IsNullOrWhiteSpace(lines[0]))))
        {
            ReadLine(name, lines[index], index + 1, values);
            index++;
        }

        RefuseLateKeys(name, lines, index);
        if (!values.TryGetValue("target", out var target))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"job '{name}' has no target",
                hint: "begin the file with '-- target: database.table'");
        }

        var spec = new JobSpec
        {
            Name = name,
            Sql = string.Join('\n', lines).TrimEnd().TrimEnd(';'),
            Target = target.Value,
            Location = Find(values, "location"),
            PartitionedBy = Find(values, "partitioned_by")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            Bookmark = Find(values, "bookmark"),
            Schedule = Find(values, "schedule"),
        };
        return JobRules.Check(spec, key => values.TryGetValue(key, out var found) ? found.Line : null);
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("--", StringComparison.Ordinal);

    private static string? Find(Dictionary<string, (string Value, int Line)> values, string key) =>
        values.TryGetValue(key, out var found) ? found.Value : null;

    private static void ReadLine(
        string name, string text, int line, Dictionary<string, (string Value, int Line)> values)
    {
        var match = KeyLine().Match(text);
        if (!match.Success)
        {
            RefuseKeyWithoutColon(name, text, line);
            return;
        }

        var (key, value) = (match.Groups["key"].Value, match.Groups["value"].Value.Trim());
        if (!Keys.Contains(key, StringComparer.Ordinal))
        {
            throw Invalid(
                name,
                line,
                $"unknown key '{key}'",
                Suggestion.Hint(key, Keys)
                    ?? $"known keys are {string.Join(", ", Keys)}; a remark has no 'word:' in front");
        }

        if (value.Length == 0)
        {
            throw Invalid(name, line, $"'{key}' has no value");
        }

        if (!values.TryAdd(key, (value, line)))
        {
            throw Invalid(name, line, $"'{key}' is given twice", $"the first is on line {values[key].Line}");
        }
    }

    private static void RefuseKeyWithoutColon(string name, string text, int line)
    {
        var word = FirstWord().Match(text).Value;
        if (Keys.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(name, line, $"':' is missing after '{word}'");
        }
    }

    /// <summary>A key in a later comment would be a setting that does nothing.</summary>
    private static void RefuseLateKeys(string name, string[] lines, int index)
    {
        for (; index < lines.Length && (IsComment(lines[index]) || string.IsNullOrWhiteSpace(lines[index])); index++)
        {
            var match = KeyLine().Match(lines[index]);
            if (match.Success && Keys.Contains(match.Groups["key"].Value, StringComparer.Ordinal))
            {
                throw Invalid(
                    name,
                    index + 1,
                    $"'{match.Groups["key"].Value}' stands after the front matter",
                    "front matter is the unbroken comment block at the start of the file");
            }
        }
    }

    private static TarnException Invalid(string name, int line, string problem, string? hint = null) =>
        new(ErrorKind.Invalid, $"job '{name}' line {line}: {problem}", hint: hint);

    [GeneratedRegex(@"^\s*--\s*(?<key>[A-Za-z_][A-Za-z0-9_-]*)\s*:(?<value>.*)$")]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"(?<=^\s*--\s*)[A-Za-z_]+")]
    private static partial Regex FirstWord();
}
