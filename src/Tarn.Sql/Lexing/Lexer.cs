using System.Text;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Lexing;

/// <summary>Text to tokens by Trino's rules: "names", 'strings', comments, integers, decimals and doubles.</summary>
internal sealed class Lexer(string sql)
{
    private static readonly string[] TwoCharacterSymbols = ["<>", "!=", "<=", ">=", "||", "->", "=>"];
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public static IReadOnlyList<Token> Read(string sql) => new Lexer(sql).Run();

    private List<Token> Run()
    {
        for (SkipBlanks(); _at < sql.Length; SkipBlanks())
        {
            ReadToken();
        }

        _tokens.Add(new Token(TokenKind.End, "", Position(), _at, _at));
        return _tokens;
    }

    private SqlPosition Position() => new(_line, _at - _lineStart + 1);

    private char Peek(int ahead = 0) => _at + ahead < sql.Length ? sql[_at + ahead] : '\0';

    private void ReadToken()
    {
        var position = Position();
        var start = _at;
        var c = Peek();
        if (c == '\'')
        {
            Add(TokenKind.Text, ReadQuoted('\'', position), position, start);
        }
        else if (c == '"')
        {
            Add(TokenKind.QuotedName, ReadQuoted('"', position), position, start);
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            ReadNumber(position, start);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
            {
                _at++;
            }

            Add(TokenKind.Word, sql[start.._at], position, start);
        }
        else
        {
            ReadSymbol(position, start, c);
        }
    }

    private void ReadSymbol(SqlPosition position, int start, char c)
    {
        foreach (var symbol in TwoCharacterSymbols)
        {
            if (string.CompareOrdinal(sql, _at, symbol, 0, 2) == 0)
            {
                _at += 2;
                Add(TokenKind.Symbol, symbol, position, start);
                return;
            }
        }

        if (c == '?')
        {
            throw SqlErrors.Unsupported(
                position, "parameters ('?') are not supported", "write the value into the query");
        }

        if (c == '`')
        {
            throw SqlErrors.Syntax(
                position, "backquoted identifiers are not supported", "use double quotes to quote identifiers");
        }

        if (!"()[],.;+-*/%=<>:".Contains(c, StringComparison.Ordinal))
        {
            throw SqlErrors.Syntax(
                position, $"extraneous input '{c}'", "names with other characters go in double quotes");
        }

        _at++;
        Add(TokenKind.Symbol, c.ToString(), position, start);
    }

    private void ReadNumber(SqlPosition position, int start)
    {
        var kind = TokenKind.Integer;
        SkipDigits();
        if (Peek() == '.')
        {
            kind = TokenKind.Decimal;
            _at++;
            SkipDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            var sign = Peek(1) is '+' or '-' ? 1 : 0;
            if (char.IsAsciiDigit(Peek(1 + sign)))
            {
                kind = TokenKind.Double;
                _at += 1 + sign;
                SkipDigits();
            }
        }

        if (char.IsAsciiLetter(Peek()) || Peek() == '_')
        {
            throw SqlErrors.Syntax(
                position,
                $"identifiers must not start with a digit: '{sql[start..(_at + 1)]}...'",
                "quote the name: \"1abc\"");
        }

        Add(kind, sql[start.._at], position, start);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }
    }

    private string ReadQuoted(char quote, SqlPosition position)
    {
        var text = new StringBuilder();
        for (_at++; _at < sql.Length; _at++)
        {
            var c = sql[_at];
            if (c == quote && Peek(1) != quote)
            {
                _at++;
                return quote == '"' && text.Length == 0
                    ? throw SqlErrors.Syntax(position, "zero-length delimited identifier not allowed")
                    : text.ToString();
            }

            if (c == '\0')
            {
                throw SqlErrors.Syntax(Position(), "a NUL character is not allowed");
            }

            _at += c == quote ? 1 : 0;
            CountLine(c);
            text.Append(c);
        }

        throw SqlErrors.Syntax(position, quote == '"' ? "the quoted name is not closed" : "the string is not closed");
    }

    private void CountLine(char c)
    {
        if (c == '\n')
        {
            _line++;
            _lineStart = _at + 1;
        }
    }

    private void SkipBlanks()
    {
        while (_at < sql.Length)
        {
            var c = Peek();
            if (char.IsWhiteSpace(c))
            {
                CountLine(c);
                _at++;
            }
            else if (c == '-' && Peek(1) == '-')
            {
                var end = sql.IndexOf('\n', _at);
                _at = end < 0 ? sql.Length : end;
            }
            else if (c == '/' && Peek(1) == '*')
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
        var position = Position();
        for (_at += 2; _at < sql.Length; _at++)
        {
            if (Peek() == '*' && Peek(1) == '/')
            {
                _at += 2;
                return;
            }

            CountLine(Peek());
        }

        throw SqlErrors.Syntax(position, "the comment is not closed");
    }

    private void Add(TokenKind kind, string text, SqlPosition position, int start) =>
        _tokens.Add(new Token(kind, text, position, start, _at));
}
