namespace Tarn.Commands.Sql;

/// <summary>
/// Text that comes in lines, cut into statements at semicolons outside of quotes and comments.
/// </summary>
internal sealed class StatementBuffer
{
    private string pending = "";

    /// <summary>Whether a statement has begun: anything but white space is waiting for its semicolon.</summary>
    public bool HasBegun => !string.IsNullOrWhiteSpace(pending);

    /// <summary>Adds text, with its line's end, and gives the statements that are complete now.</summary>
    public IReadOnlyList<string> Add(string text)
    {
        pending += text;
        var statements = new List<string>();
        while (EndOf(pending) is { } end)
        {
            Keep(statements, pending[..end]);
            pending = pending[(end + 1)..];
        }

        return statements;
    }

    /// <summary>What is left at the end of the input, a statement without a semicolon; empty when nothing is.</summary>
    public IReadOnlyList<string> TakeRest()
    {
        var statements = new List<string>();
        Keep(statements, pending);
        pending = "";
        return statements;
    }

    private static void Keep(List<string> statements, string text)
    {
        if (HasWords(text))
        {
            statements.Add(text.Trim());
        }
    }

    /// <summary>Whether there is more than white space and comments.</summary>
    private static bool HasWords(string text)
    {
        for (var i = 0; i < text.Length; i = Next(text, i))
        {
            var isComment = IsAt(text, i, "--") || IsAt(text, i, "/*");
            if (!isComment && !char.IsWhiteSpace(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the first statement's semicolon stands, or null.</summary>
    private static int? EndOf(string text)
    {
        for (var i = 0; i < text.Length; i = Next(text, i))
        {
            if (text[i] == ';')
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The offset after the character, quoted text or comment at <paramref name="at"/>.</summary>
    private static int Next(string text, int at) => text[at] switch
    {
        '\'' => After(text, at + 1, "'"),
        '"' => After(text, at + 1, "\""),
        '-' when IsAt(text, at, "--") => After(text, at + 2, "\n"),
        '/' when IsAt(text, at, "/*") => After(text, at + 2, "*/"),
        _ => at + 1,
    };

    private static bool IsAt(string text, int at, string mark) =>
        string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

    private static int After(string text, int from, string mark)
    {
        var found = text.IndexOf(mark, Math.Min(from, text.Length), StringComparison.Ordinal);
        return found < 0 ? text.Length : found + mark.Length;
    }
}
