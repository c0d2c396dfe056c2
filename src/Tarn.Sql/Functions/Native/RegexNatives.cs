using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Regular expressions in Java's syntax, with Java's groups and replacements.</summary>
internal static class RegexNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_regexp_like", (string text, string pattern) =>
        {
            var regex = JavaPattern.Of(pattern).Regex;
            return JavaPattern.Search(() => regex.IsMatch(text));
        }),
        Define.Of("tarn_regexp_extract", (string text, string pattern, long group) =>
        {
            var java = Checked(pattern, group);
            return JavaPattern.Search(() => GroupOf(java.Regex.Match(text), group));
        }),
        Define.Of("tarn_regexp_extract_all", (string text, string pattern, long group) =>
        {
            var java = Checked(pattern, group);
            return JavaPattern.Search(
                () => java.Regex.Matches(text).Select(match => GroupOf(match, group)).ToArray());
        }),
        Define.Of("tarn_regexp_count", (string text, string pattern) =>
        {
            var regex = JavaPattern.Of(pattern).Regex;
            return JavaPattern.Search(() => (long)regex.Count(text));
        }),
        Define.Of("tarn_regexp_split", (string text, string pattern) => Split(text, pattern)),
        Define.Of("tarn_regexp_position", (string text, string pattern, long start, long occurrence) =>
            Position(text, pattern, start, occurrence)),
        Define.Of("tarn_regexp_replace", (string text, string pattern, string replacement) =>
            Replace(text, pattern, replacement)),
        new("tarn_regexp_pieces", ["VARCHAR", "VARCHAR"], "VARCHAR[][]", Pieces),
    ];

    private static JavaPattern Checked(string pattern, long group)
    {
        var java = JavaPattern.Of(pattern);
        java.RequireGroup(group);
        return java;
    }

    private static string? GroupOf(Match match, long group) =>
        match.Success && match.Groups[(int)group] is { Success: true } found ? found.Value : null;

    private static string?[] Split(string text, string pattern)
    {
        var regex = JavaPattern.Of(pattern).Regex;
        return JavaPattern.Search(() =>
        {
            var parts = new List<string?>();
            var at = 0;
            foreach (Match match in regex.Matches(text))
            {
                parts.Add(text[at..match.Index]);
                at = match.Index + match.Length;
            }

            parts.Add(text[at..]);
            return parts.ToArray();
        });
    }

    /// <summary>In characters, from 1; -1 when there is none.</summary>
    private static long Position(string text, string pattern, long start, long occurrence)
    {
        if (start < 1)
        {
            throw Define.Invalid("start position cannot be smaller than 1");
        }

        if (occurrence < 1)
        {
            throw Define.Invalid("occurrence cannot be smaller than 1");
        }

        var from = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (--start == 0)
            {
                break;
            }

            from += rune.Utf16SequenceLength;
        }

        if (start > 1 || (start == 1 && text.Length > 0 && from == text.Length))
        {
            return -1;
        }

        var regex = JavaPattern.Of(pattern).Regex;
        return JavaPattern.Search(() =>
        {
            var match = regex.Match(text, from);
            for (var left = occurrence - 1; left > 0 && match.Success; left--)
            {
                match = match.NextMatch();
            }

            return match.Success ? CodePoints.Count(text.AsSpan(0, match.Index)) + 1L : -1L;
        });
    }

    private static string Replace(string text, string pattern, string replacement)
    {
        var java = JavaPattern.Of(pattern);
        return JavaPattern.Search(() => java.Regex.Replace(text, match => Expand(java, match, replacement)));
    }

    /// <summary>Java's <c>$1</c>, <c>${name}</c> and <c>\x</c>.</summary>
    private static string Expand(JavaPattern java, Match match, string replacement)
    {
        var result = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            if (c == '\\')
            {
                result.Append(++i < replacement.Length
                    ? replacement[i]
                    : throw Define.Invalid("Illegal replacement sequence: character to be escaped is missing"));
            }
            else if (c == '$')
            {
                var (group, length) = Reference(java, replacement, i + 1);
                result.Append(match.Groups[group].Value);
                i += length;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static (int Group, int Length) Reference(JavaPattern java, string replacement, int at)
    {
        if (at < replacement.Length && replacement[at] == '{')
        {
            var end = replacement.IndexOf('}', at);
            var name = end < 0 ? "" : replacement[(at + 1)..end];
            var index = java.GroupNames.ToList().IndexOf(name);
            return index < 0
                ? throw Define.Invalid($"Illegal replacement sequence: unknown group {{{name}}}")
                : (index + 1, end + 1 - at);
        }

        var length = 0;
        var group = 0;
        while (at + length < replacement.Length && char.IsAsciiDigit(replacement[at + length]))
        {
            var next = int.Parse(replacement.AsSpan(at, length + 1), CultureInfo.InvariantCulture);
            if (length > 0 && next > java.GroupCount)
            {
                break;
            }

            (group, length) = (next, length + 1);
        }

        return length == 0 ? throw Define.Invalid("Illegal replacement sequence: $ without a group")
            : group > java.GroupCount ? throw Define.Invalid($"Illegal replacement sequence: unknown group {group}")
            : (group, length);
    }

    /// <summary>For a lambda: per match what stands before it, it, its groups; then what follows the last.</summary>
    private static void Pieces(FunctionRow row)
    {
        var text = row.GetText(0);
        var java = JavaPattern.Of(row.GetText(1));
        var matches = JavaPattern.Search(() => java.Regex.Matches(text).ToList());
        row.SetList(matches.Count + 1, (piece, at) =>
        {
            var start = at == 0 ? 0 : matches[at - 1].Index + matches[at - 1].Length;
            var end = at == matches.Count ? text.Length : matches[at].Index;
            piece.SetList(at == matches.Count ? 1 : java.GroupCount + 2, (cell, i) =>
            {
                if (i == 0)
                {
                    cell.SetText(text[start..end]);
                }
                else if (matches[at].Groups[i - 1] is { Success: true } group)
                {
                    cell.SetText(group.Value);
                }
            });
        });
    }
}
