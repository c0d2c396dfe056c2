using System.Globalization;
using System.Text;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// A path of json_extract: <c>$.key</c>, <c>["key"]</c>, <c>[0]</c>. As in Trino a step is a name and, where it is a
/// number, an index too: which one counts is the document's choice.
/// </summary>
internal sealed class JsonSteps
{
    [ThreadStatic]
    private static (byte[] Text, JsonSteps Steps)? _last;

    private JsonSteps(IReadOnlyList<(byte[] Name, int Index)> steps) => Steps = steps;

    public IReadOnlyList<(byte[] Name, int Index)> Steps { get; }

    /// <summary>The path of the call before is kept: most calls of a query have the same.</summary>
    public static JsonSteps Of(ReadOnlySpan<byte> path)
    {
        if (_last is { } last && path.SequenceEqual(last.Text))
        {
            return last.Steps;
        }

        var text = path.ToArray();
        var steps = Parse(Encoding.UTF8.GetString(text));
        _last = (text, steps);
        return steps;
    }

    public static JsonSteps Parse(string path)
    {
        if (path.Length == 0 || path[0] != '$')
        {
            throw Define.Invalid($"Invalid JSON path: '{path}'");
        }

        var steps = new List<(byte[], int)>();
        for (var at = 1; at < path.Length;)
        {
            var start = at;
            var name = path[at] switch
            {
                '.' => Name(path, ref at),
                '[' => Subscript(path, ref at),
                _ => null,
            };
            if (name is null || at == start)
            {
                throw Define.Invalid($"Invalid JSON path: '{path}'");
            }

            var isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var index = isIndex ? number : -1;
            steps.Add((Encoding.UTF8.GetBytes(name), index));
        }

        return new JsonSteps(steps);
    }

    private static string? Name(string path, ref int at)
    {
        var start = ++at;
        while (at < path.Length && (IsWord(path[at]) || path[at] == ':'))
        {
            at++;
        }

        return at == start ? null : path[start..at];
    }

    private static string? Subscript(string path, ref int at)
    {
        at++;
        if (at < path.Length && path[at] is '"' or '\'')
        {
            return Quoted(path, ref at);
        }

        var start = at;
        while (at < path.Length && IsWord(path[at]))
        {
            at++;
        }

        return at == start || at == path.Length || path[at] != ']' ? null : path[start..at++];
    }

    private static string? Quoted(string path, ref int at)
    {
        var quote = path[at++];
        var name = new StringBuilder();
        while (at < path.Length && path[at] != quote)
        {
            if (path[at] == '\\' && (++at == path.Length || (path[at] != quote && path[at] != '\\')))
            {
                return null;
            }

            name.Append(path[at++]);
        }

        if (at + 1 >= path.Length || path[at + 1] != ']')
        {
            return null;
        }

        at += 2;
        return name.ToString();
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';
}
