using System.Globalization;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Lexing;

/// <summary>
/// Text to tokens by Trino's rules: "names", 'strings', comments, integers, decimals and doubles. In Hive's statements
/// strings have escapes behind a backslash.
/// </summary>
internal sealed class Lexer(string sql, bool isHive)
{
    private static readonly string[] TwoCharacterSymbols = ["<>", "!=", "<=", ">=", "||", "->", "=>"];
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public static IReadOnlyList<Token> Read(string sql, bool isHive) => new Lexer(sql, isHive).Run(int.MaxValue);

    /// <summary>The first tokens, at most <paramref name="count"/>, up to a fault if there is one.</summary>
    public static IReadOnlyList<Token> ReadStart(string sql, int count)
    {
        var lexer = new Lexer(sql, isHive: false);
        try
        {
            return lexer.Run(count);
        }
        catch (TarnException)
        {
            return lexer._tokens;
        }
    }

    private List<Token> Run(int count)
    {
        for (SkipBlanks(); _at < sql.Length && _tokens.Count < count; SkipBlanks())
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
            AddQuoted(TokenKind.Text, '\'', position, start);
        }
        else if (c == '"')
        {
            AddQuoted(TokenKind.QuotedName, '"', position, start);
        }
        else if (c == '`')
        {
            AddQuoted(TokenKind.BackquotedName, '`', position, start);
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            ReadNumber(position, start);
        }
        else if (c is 'u' or 'U' && Peek(1) == '&' && Peek(2) == '\'' && !isHive)
        {
            _at += 2;
            AddQuoted(TokenKind.UnicodeText, '\'', position, start);
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
                position, "identifiers must not start with a digit; surround the identifier with double quotes");
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

    /// <summary>What is not closed is its quote as a symbol, which fits nowhere, and the end.</summary>
    private void AddQuoted(TokenKind kind, char quote, SqlPosition position, int start)
    {
        if (ReadQuoted(quote, position) is { } text)
        {
            Add(kind, text, position, start);
        }
        else
        {
            Add(TokenKind.Symbol, quote.ToString(), position, start);
        }
    }

    private string? ReadQuoted(char quote, SqlPosition position)
    {
        var text = new StringBuilder();
        for (_at++; _at < sql.Length; _at++)
        {
            var c = sql[_at];
            if (c == quote && Peek(1) != quote)
            {
                _at++;
                return quote != '\'' && text.Length == 0
                    ? throw SqlErrors.Syntax(position, "Zero-length delimited identifier not allowed")
                    : text.ToString();
            }

            if (c == '\0')
            {
                throw SqlErrors.Syntax(Position(), "a NUL character is not allowed");
            }

            if (c == '\\' && isHive && quote != '`' && _at + 1 < sql.Length)
            {
                ReadEscape(text);
                continue;
            }

            _at += c == quote ? 1 : 0;
            CountLine(c);
            text.Append(c);
        }

        return null;
    }

    /// <summary>
    /// Hive's: <c>\t</c> and its like, <c>\001</c> in octal, <c>\u0001</c>; <c>\%</c> and <c>\_</c> stay; any other
    /// character stands for itself.
    /// </summary>
    private void ReadEscape(StringBuilder text)
    {
        var c = sql[++_at];
        CountLine(c);
        if (c is >= '0' and <= '3' && IsOctal(Peek(1)) && IsOctal(Peek(2)))
        {
            text.Append((char)(((c - '0') * 64) + ((Peek(1) - '0') * 8) + (Peek(2) - '0')));
            _at += 2;
            return;
        }

        if (c == 'u' && _at + 4 < sql.Length && sql.Substring(_at + 1, 4).All(char.IsAsciiHexDigit))
        {
            text.Append((char)int.Parse(
                sql.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _at += 4;
            return;
        }

        text.Append(c switch
        {
            '0' => "\0",
            'b' => "\b",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'Z' => "\u001a",
            '%' or '_' => "\\" + c,
            _ => c.ToString(),
        });
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';

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
