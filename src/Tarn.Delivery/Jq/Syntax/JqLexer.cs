using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Jq.Syntax;

/// <summary>Cuts a query into tokens.</summary>
internal sealed class JqLexer(JqSource source)
{
    private static readonly string[] Operators =
    [
        "?//", "//=", "..", "==", "!=", "<=", ">=", "|=", "+=", "-=", "*=", "/=", "%=", "//",
        ".", "[", "]", "{", "}", "(", ")", "|", ",", ":", ";", "=", "<", ">", "+", "-", "*", "/", "%", "?",
    ];

    private readonly string _text = source.Text;
    private int _at;

    /// <summary>All tokens, an end token last.</summary>
    public IReadOnlyList<JqToken> ReadAll() => ReadUntil(closing: false);

    /// <summary>Up to the end, or up to the parenthesis that closes an interpolation.</summary>
    private List<JqToken> ReadUntil(bool closing)
    {
        var tokens = new List<JqToken>();
        var depth = 0;
        while (true)
        {
            SkipSpace();
            if (_at == _text.Length)
            {
                tokens.Add(new JqToken(JqTokenKind.End, "", _at));
                return tokens;
            }

            if (closing && depth == 0 && _text[_at] == ')')
            {
                tokens.Add(new JqToken(JqTokenKind.End, "", _at++));
                return tokens;
            }

            var token = Read();
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            tokens.Add(token);
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == '#'))
        {
            if (_text[_at] != '#')
            {
                _at++;
                continue;
            }

            var end = _text.IndexOf('\n', _at);
            _at = end < 0 ? _text.Length : end;
        }
    }

    private JqToken Read()
    {
        var start = _at;
        var c = _text[start];
        var next = start + 1 < _text.Length ? _text[start + 1] : '\0';
        if (c == '"')
        {
            return ReadText();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)))
        {
            return ReadNumber();
        }

        if (c == '.' && IsNameStart(next))
        {
            return new JqToken(JqTokenKind.Field, ReadName(1), start);
        }

        if (IsNameStart(c))
        {
            return new JqToken(JqTokenKind.Word, ReadName(0), start);
        }

        if (c is '@' or '$' && IsNameStart(next))
        {
            return new JqToken(c == '@' ? JqTokenKind.Format : JqTokenKind.Variable, ReadName(1), start);
        }

        foreach (var candidate in Operators)
        {
            if (string.CompareOrdinal(_text, start, candidate, 0, candidate.Length) == 0)
            {
                _at += candidate.Length;
                return new JqToken(JqTokenKind.Operator, candidate, start);
            }
        }

        throw source.Invalid(start, $"'{c}' begins nothing that jq knows", c == '\'' ? "text is in \"…\"" : null);
    }

    private string ReadName(int sigil)
    {
        var start = _at + sigil;
        _at = start;
        while (_at < _text.Length && (IsNameStart(_text[_at]) || char.IsAsciiDigit(_text[_at])))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private JqToken ReadNumber()
    {
        var start = _at;
        SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            SkipDigits();
        }

        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            var mark = _at++;
            _at += _at < _text.Length && _text[_at] is '+' or '-' ? 1 : 0;
            var digits = _at;
            SkipDigits();
            _at = _at == digits ? mark : _at;
        }

        return new JqToken(JqTokenKind.Number, _text[start.._at], start);
    }

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }
    }

    private JqToken ReadText()
    {
        var start = _at++;
        var pieces = new List<JqTextPiece>();
        var literal = new StringBuilder();
        while (true)
        {
            if (_at == _text.Length)
            {
                throw source.Invalid(start, "text is not closed", "a '\"' is missing");
            }

            var c = _text[_at++];
            if (c == '"')
            {
                break;
            }

            if (c != '\\')
            {
                literal.Append(c);
                continue;
            }

            if (_at < _text.Length && _text[_at] == '(')
            {
                var open = _at++;
                pieces.Add(new JqTextPiece(literal.ToString(), Tokens: null));
                literal.Clear();
                var tokens = ReadUntil(closing: true);
                if (_at == _text.Length && _text[^1] != ')')
                {
                    throw source.Invalid(open, "'\\(' is not closed", "a ')' is missing");
                }

                pieces.Add(new JqTextPiece("", tokens));
                continue;
            }

            literal.Append(ReadEscape());
        }

        pieces.Add(new JqTextPiece(literal.ToString(), Tokens: null));
        return new JqToken(JqTokenKind.Text, _text[start.._at], start, pieces);
    }

    private char ReadEscape()
    {
        var start = _at - 1;
        var c = _at < _text.Length ? _text[_at++] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(
                _text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _at += 4;
                return (char)unit;
            default:
                throw source.Invalid(start, $"'\\{c}' is no escape", "\\\" \\\\ \\/ \\n \\t \\r \\b \\f \\uXXXX \\(…)");
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
