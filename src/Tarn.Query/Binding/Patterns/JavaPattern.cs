using System.Text;

namespace Tarn.Query.Binding.Patterns;

/// <summary>
/// A pattern of java.util.regex in .NET's words. The two differ in what their short classes cover (Java's are ASCII),
/// in the dot, in possessive quantifiers, in POSIX classes and in intersections of classes, which are refused.
/// </summary>
internal sealed class JavaPattern
{
    private const string Digits = "0-9";
    private const string Word = "a-zA-Z0-9_";
    private const string Space = " \\t\\n\\x0B\\f\\r";
    private const string NotDigits = "\\x00-/:-\\uFFFF";
    private const string NotWord = "\\x00-/:-@\\[-\\^`{-\\uFFFF";
    private const string NotSpace = "\\x00-\\x08\\x0E-\\x1F!-\\uFFFF";

    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z",
        ["Upper"] = "A-Z",
        ["ASCII"] = "\\x00-\\x7F",
        ["Alpha"] = "a-zA-Z",
        ["Digit"] = Digits,
        ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = "!-/:-@\\[-`{-~",
        ["Graph"] = "!-~",
        ["Print"] = " -~",
        ["Blank"] = " \\t",
        ["Cntrl"] = "\\x00-\\x1F\\x7F",
        ["XDigit"] = "0-9a-fA-F",
        ["Space"] = Space,
    };

    private readonly string _java;
    private readonly StringBuilder _text = new();
    private readonly Stack<int> _groups = new();
    private int _at;
    private int _atom;

    private JavaPattern(string java) => _java = java;

    /// <summary>Throws FormatException, naming what has no counterpart.</summary>
    public static string Translate(string java) => new JavaPattern(java).Translate();

    private string Translate()
    {
        while (_at < _java.Length)
        {
            var letter = _java[_at];
            switch (letter)
            {
                case '\\':
                    Escape();
                    break;
                case '[':
                    _atom = _text.Length;
                    Class();
                    break;
                case '.':
                    Atom("[^\\n\\r\\u0085\\u2028\\u2029]");
                    _at++;
                    break;
                case '(':
                    _groups.Push(_text.Length);
                    _text.Append(letter);
                    _at++;
                    break;
                case ')':
                    _atom = _groups.Count > 0 ? _groups.Pop() : _text.Length;
                    _text.Append(letter);
                    _at++;
                    break;
                case '*' or '+' or '?' or '{':
                    Quantifier();
                    break;
                default:
                    Atom(letter.ToString());
                    _at++;
                    break;
            }
        }

        return _text.ToString();
    }

    private void Atom(string text)
    {
        _atom = _text.Length;
        _text.Append(text);
    }

    /// <summary>A possessive quantifier is an atomic group around what it repeats.</summary>
    private void Quantifier()
    {
        var start = _at;
        _at = _java[_at] == '{' && _java.IndexOf('}', _at) is > 0 and var end ? end + 1 : _at + 1;
        _text.Append(_java, start, _at - start);

        // After "(?" comes what kind of group it is, not a quantifier of a quantifier.
        var isOfGroup = start > 0 && _java[start - 1] == '(' && _java[start] == '?';
        if (!isOfGroup && _at < _java.Length && _java[_at] == '+')
        {
            _text.Insert(_atom, "(?>").Append(')');
            _at++;
        }
    }

    private void Escape()
    {
        if (_at + 1 == _java.Length)
        {
            throw new FormatException("it ends with a backslash");
        }

        var letter = _java[_at + 1];
        if (letter == 'Q')
        {
            var end = _java.IndexOf("\\E", _at, StringComparison.Ordinal);
            var quoted = end < 0 ? _java[(_at + 2)..] : _java[(_at + 2)..end];
            Atom(System.Text.RegularExpressions.Regex.Escape(quoted).Replace("]", "\\]", StringComparison.Ordinal));
            _at = end < 0 ? _java.Length : end + 2;
            return;
        }

        _atom = _text.Length;
        if (Members(letter) is { } members)
        {
            _text.Append('[').Append(members).Append(']');
            _at += 2;
        }
        else if (letter is 'p' or 'P')
        {
            var members2 = Property(out var isNegated);
            _text.Append(members2.Length > 0 && members2[0] == '\\' && members2.Length > 1 && members2[1] is 'p' or 'P'
                ? members2
                : $"[{(isNegated ? "^" : "")}{members2}]");
        }
        else if (letter is 'R' or 'X' or 'N' or 'b' && _java.AsSpan(_at).StartsWith("\\b{"))
        {
            throw new FormatException($"'\\{letter}' has no counterpart");
        }
        else
        {
            _text.Append(letter switch
            {
                'h' => "[ \\t\\u00A0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000]",
                'z' or 'Z' or 'A' or 'G' or 'b' or 'B' => $"\\{letter}",
                _ => _java.Substring(_at, 2),
            });
            _at += 2;
        }
    }

    private static string? Members(char letter) => letter switch
    {
        'd' => Digits,
        'w' => Word,
        's' => Space,
        'D' => NotDigits,
        'W' => NotWord,
        'S' => NotSpace,
        _ => null,
    };

    /// <summary>Reads <c>\\p{Name}</c>: what stands in a class for it.</summary>
    private string Property(out bool isNegated)
    {
        isNegated = _java[_at + 1] == 'P';
        var end = _java.IndexOf('}', _at);
        if (_at + 2 >= _java.Length || _java[_at + 2] != '{' || end < 0)
        {
            throw new FormatException("a property is written '\\p{Name}'");
        }

        var name = _java[(_at + 3)..end];
        _at = end + 1;
        if (Posix.TryGetValue(name, out var members))
        {
            return members;
        }

        var category = name.StartsWith("Is", StringComparison.Ordinal) && name.Length <= 4 ? name[2..] : name;
        return category.Length is 1 or 2
            ? $"\\{(isNegated ? 'P' : 'p')}{{{category}}}"
            : throw new FormatException($"property '{name}' is not known");
    }

    private void Class()
    {
        _text.Append('[');
        _at++;
        if (_at < _java.Length && _java[_at] == '^')
        {
            _text.Append('^');
            _at++;
        }

        for (var isFirst = true; ; isFirst = false)
        {
            if (_at >= _java.Length)
            {
                throw new FormatException("a class is not closed");
            }

            var letter = _java[_at];
            if (letter == ']' && !isFirst)
            {
                _text.Append(']');
                _at++;
                return;
            }

            ClassMember(letter);
        }
    }

    private void ClassMember(char letter)
    {
        if (letter == '[' || _java.AsSpan(_at).StartsWith("&&"))
        {
            throw new FormatException("classes within classes are not supported");
        }

        if (letter != '\\' || _at + 1 == _java.Length)
        {
            _text.Append(letter == ']' ? "\\]" : letter.ToString());
            _at++;
            return;
        }

        var escaped = _java[_at + 1];
        if (Members(escaped) is { } members)
        {
            _text.Append(members);
            _at += 2;
        }
        else if (escaped is 'p' or 'P')
        {
            var property = Property(out var isNegated);
            _text.Append(isNegated && !property.StartsWith("\\P", StringComparison.Ordinal)
                ? throw new FormatException("a negated POSIX class within a class is not supported")
                : property);
        }
        else
        {
            _text.Append('\\').Append(escaped);
            _at += 2;
        }
    }
}
