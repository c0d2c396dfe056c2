using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// Cuts SQL into tokens, lazily, so that a statement's first words can be looked at whatever follows them. Knows
/// what may hold a semicolon: strings, E-strings, dollar quotes, quoted names, line and (nested) block comments.
/// </summary>
internal sealed class SqlLexer
{
    private readonly string _sql;
    private int _at;
    private int _counted;
    private int _line = 1;
    private int _lineStart;

    private SqlLexer(string sql) => _sql = sql;

    public static IEnumerable<SqlToken> Read(string sql)
    {
        var lexer = new SqlLexer(sql);
        while (lexer.TryNext(out var token))
        {
            yield return token;
        }
    }

    private bool TryNext(out SqlToken token)
    {
        SkipSpace();
        token = default;
        if (_at >= _sql.Length)
        {
            return false;
        }

        var start = _at;
        var (line, column) = PlaceOf(start);
        var (kind, text) = Scan();
        token = new SqlToken(kind, text, start, _at, line, column);
        return true;
    }

    /// <summary>Line and column of an offset; offsets are asked for in rising order.</summary>
    private (int Line, int Column) PlaceOf(int offset)
    {
        for (; _counted < offset; _counted++)
        {
            if (_sql[_counted] == '\n')
            {
                _line++;
                _lineStart = _counted + 1;
            }
        }

        return (_line, offset - _lineStart + 1);
    }

    private (SqlTokenKind Kind, string Text) Scan()
    {
        var c = _sql[_at];
        switch (c)
        {
            case '\'':
                return (SqlTokenKind.Text, Quoted('\'', backslash: false, "string"));
            case 'e' or 'E' when Peek(1) == '\'':
                _at++;
                return (SqlTokenKind.Text, Quoted('\'', backslash: true, "string"));
            case '"':
                return (SqlTokenKind.QuotedName, Quoted('"', backslash: false, "quoted name"));
            case '$' when DollarTag() is { } tag:
                return (SqlTokenKind.Text, DollarQuoted(tag));
        }

        var start = _at;
        if (IsWordStart(c))
        {
            Skip(static x => IsWordStart(x) || char.IsAsciiDigit(x) || x == '$');
            return (SqlTokenKind.Word, _sql[start.._at]);
        }

        if (char.IsAsciiDigit(c))
        {
            Skip(static x => char.IsAsciiLetterOrDigit(x) || x is '.' or '_');
            return (SqlTokenKind.Number, _sql[start.._at]);
        }

        _at++;
        return (SqlTokenKind.Symbol, _sql[start.._at]);
    }

    private void SkipSpace()
    {
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(_sql[_at]))
            {
                _at++;
            }
            else if (_sql[_at] == '-' && Peek(1) == '-')
            {
                Skip(static c => c != '\n');
            }
            else if (_sql[_at] == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        var opened = _at;
        var depth = 0;
        do
        {
            if (_at >= _sql.Length)
            {
                throw NotClosed("comment", opened);
            }

            var two = (_sql[_at], Peek(1));
            depth += two is ('/', '*') ? 1 : two is ('*', '/') ? -1 : 0;
            _at += two is ('/', '*') or ('*', '/') ? 2 : 1;
        }
        while (depth > 0);
    }

    private string Quoted(char quote, bool backslash, string what)
    {
        var opened = _at;
        var text = new System.Text.StringBuilder();
        for (_at++; _at < _sql.Length; _at++)
        {
            var c = _sql[_at];
            if (c == quote && Peek(1) != quote)
            {
                _at++;
                return text.ToString();
            }

            if (c == quote || (backslash && c == '\\'))
            {
                _at++;
            }

            text.Append(Peek(0));
        }

        throw NotClosed(what, opened);
    }

    private string? DollarTag()
    {
        var end = _at + 1;
        while (end < _sql.Length && IsWordStart(_sql[end]))
        {
            end++;
        }

        return end < _sql.Length && _sql[end] == '$' ? _sql[_at..(end + 1)] : null;
    }

    private string DollarQuoted(string tag)
    {
        var begin = _at + tag.Length;
        var end = _sql.IndexOf(tag, begin, StringComparison.Ordinal);
        if (end < 0)
        {
            throw NotClosed("dollar-quoted string", _at);
        }

        _at = end + tag.Length;
        return _sql[begin..end];
    }

    private void Skip(Func<char, bool> wanted)
    {
        while (_at < _sql.Length && wanted(_sql[_at]))
        {
            _at++;
        }
    }

    private char Peek(int ahead) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_' || c > 127;

    private TarnException NotClosed(string what, int opened)
    {
        var (line, column) = PlaceOf(opened);
        return new TarnException(ErrorKind.Invalid, $"line {line}:{column}: {what} is not closed")
        {
            Code = "SYNTAX_ERROR",
        };
    }
}
