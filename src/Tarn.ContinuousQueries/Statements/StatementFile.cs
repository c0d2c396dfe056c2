namespace Tarn.ContinuousQueries.Statements;

/// <summary>A file of SQL statements, each closed by a semicolon; the last one's may be left out.</summary>
public static class StatementFile
{
    /// <summary>
    /// The statements of <paramref name="text"/> in order; empty ones are left out. Semicolons in strings, quoted
    /// names and comments do not count. Throws Invalid, with the line, when one of those is not closed.
    /// </summary>
    public static IReadOnlyList<StatementText> Split(string text)
    {
        var statements = new List<StatementText>();
        var start = -1;
        var end = 0;
        var line = 0;
        foreach (var token in SqlLexer.Read(text))
        {
            if (token.Is(";"))
            {
                Close();
                continue;
            }

            if (start < 0)
            {
                start = token.Start;
                line = token.Line;
            }

            end = token.End;
        }

        Close();
        return statements;

        void Close()
        {
            if (start >= 0)
            {
                statements.Add(new StatementText(text[start..end], line));
            }

            start = -1;
        }
    }
}
