using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// A path in SQL/JSON: <c>lax</c> or <c>strict</c>, then steps <c>.name</c>, <c>."name"</c>, <c>.*</c>, <c>[*]</c>,
/// <c>[1, 3 to last]</c>. In lax mode arrays are opened and wrapped as needed and what is missing gives nothing; in
/// strict mode both fail. Filters, methods and variables are refused.
/// </summary>
internal sealed partial class JsonSqlPath
{
    private readonly bool _isLax;
    private readonly List<Match> _steps = [];

    public JsonSqlPath(string path)
    {
        var head = Head().Match(path);
        _isLax = head.Groups[1].Value == "lax";
        var at = head.Length;
        while (head.Success && at < path.Length && Step().Match(path, at) is { Success: true } step)
        {
            _steps.Add(step);
            at += step.Length;
        }

        if (!head.Success || at < path.Length)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"JSON path '{path}' is not supported from position {at + 1} on",
                hint: "paths are like 'lax $.a[0 to 2].\"b c\"'; filters, methods and variables are refused")
            {
                Code = "NOT_SUPPORTED",
            };
        }
    }

    public List<JsonElement> Find(JsonElement root)
    {
        List<JsonElement> items = [root];
        foreach (var step in _steps)
        {
            items = [.. items.SelectMany(item => step.Groups["index"].Success
                ? Elements(item, step.Groups["index"].Value)
                : Members(item, step))];
        }

        return items;
    }

    private IEnumerable<JsonElement> Members(JsonElement item, Match step)
    {
        if (_isLax && item.ValueKind == JsonValueKind.Array)
        {
            return item.EnumerateArray().SelectMany(element =>
                element.ValueKind == JsonValueKind.Array ? [] : Members(element, step));
        }

        if (item.ValueKind != JsonValueKind.Object)
        {
            return _isLax ? [] : throw Fail($"invalid item type. Expected: OBJECT, actual: {item.ValueKind}");
        }

        if (step.Groups["all"].Success)
        {
            return item.EnumerateObject().Select(member => member.Value);
        }

        var name = step.Groups["name"].Success
            ? step.Groups["name"].Value
            : step.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal);
        return item.TryGetProperty(name, out var value) ? [value]
            : _isLax ? []
            : throw Fail($"missing member '{name}' in JSON object");
    }

    private List<JsonElement> Elements(JsonElement item, string index)
    {
        if (item.ValueKind != JsonValueKind.Array && !_isLax)
        {
            throw Fail($"invalid item type. Expected: ARRAY, actual: {item.ValueKind}");
        }

        List<JsonElement> elements = item.ValueKind == JsonValueKind.Array ? [.. item.EnumerateArray()] : [item];
        if (index.Trim() == "*")
        {
            return elements;
        }

        var found = new List<JsonElement>();
        foreach (var range in index.Split(','))
        {
            var bounds = range.Split(" to ", StringSplitOptions.TrimEntries);
            var (first, last) = (Position(bounds[0], elements.Count), Position(bounds[^1], elements.Count));
            if (!_isLax && (first < 0 || last >= elements.Count || first > last))
            {
                throw Fail($"invalid array subscript: [{first}, {last}] for array of size {elements.Count}");
            }

            for (var at = Math.Max(0, first); at <= Math.Min(last, elements.Count - 1); at++)
            {
                found.Add(elements[at]);
            }
        }

        return found;
    }

    private static int Position(string text, int count)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts[0] == "last"
            ? count - 1 - (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            : int.Parse(parts[0], CultureInfo.InvariantCulture);
    }

    private static TarnException Fail(string message) =>
        Define.Error("PATH_EVALUATION_ERROR", $"path evaluation failed: {message}");

    [GeneratedRegex(@"\A\s*(lax|strict)\s+\$")]
    private static partial Regex Head();

    [GeneratedRegex(
        """\G\s*(?:\.\s*(?:(?<all>\*)|"(?<quoted>(?:[^"]|"")*)"|(?<name>[A-Za-z_][A-Za-z0-9_]*)(?!\())|"""
        + """\[(?<index>\s*\*\s*|\s*(?:[0-9]{1,9}|last(?:\s*-\s*[0-9]{1,9})?)(?:\s+to\s+(?:[0-9]{1,9}|last(?:\s*-\s*"""
        + """[0-9]{1,9})?))?\s*(?:,\s*(?:[0-9]{1,9}|last)(?:\s+to\s+(?:[0-9]{1,9}|last))?\s*)*)\])\s*""")]
    private static partial Regex Step();
}
