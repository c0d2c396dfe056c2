namespace Tarn.Commands.Sql;

/// <summary>A line that is being edited: its text, and where the cursor stands.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    /// <summary>Offset in <see cref="Text"/>, up to its length.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Replaces the characters between an offset and the cursor.</summary>
    public void ReplaceBefore(int from, string text)
    {
        Text = Text.Remove(from, Cursor - from).Insert(from, text);
        Cursor = from + text.Length;
    }

    public void MoveTo(int cursor) => Cursor = Math.Clamp(cursor, 0, Text.Length);

    public void DeleteBefore()
    {
        if (Cursor > 0)
        {
            ReplaceBefore(Cursor - 1, "");
        }
    }

    public void DeleteAfter()
    {
        if (Cursor < Text.Length)
        {
            Text = Text.Remove(Cursor, 1);
        }
    }

    public void DeleteToEnd() => Text = Text[..Cursor];

    public void DeleteToStart() => ReplaceBefore(0, "");

    public void DeleteWord() => ReplaceBefore(WordStart(), "");

    /// <summary>Where the word before the cursor begins.</summary>
    public int WordStart()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    /// <summary>Where the word after the cursor ends.</summary>
    public int WordEnd()
    {
        var at = Cursor;
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at;
    }
}
