using System.Globalization;
using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.Sql.Functions.Native;

/// <summary>Rewrites a Java pattern; refuses by name, with the position, what neither engine does as Java.</summary>
internal sealed class JavaPatternScanner(string pattern)
{
    private const int Re2RepeatMax = 1000;

    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z", ["Upper"] = "A-Z", ["ASCII"] = @"\x00-\x7F", ["Alpha"] = "a-zA-Z", ["Digit"] = "0-9",
        ["Alnum"] = "a-zA-Z0-9", ["Punct"] = @"!-/:-@\[-`{-~", ["Graph"] = "!-~", ["Print"] = " -~",
        ["Blank"] = @" \t", ["Cntrl"] = @"\x00-\x1F\x7F", ["XDigit"] = "0-9a-fA-F", ["Space"] = @" \t\n\x0B\f\r",
    };

    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
    ];

    private readonly StringBuilder _net = new();
    private readonly StringBuilder _re2 = new();
    private readonly List<string?> _names = [];
    private bool _isPortable = true;
    private bool _isInClass;
    private int _at;

    public string DotNet => _net.ToString();

    public string? Re2 => _isPortable ? _re2.ToString() : null;

    public IReadOnlyList<string?> GroupNames => _names;

    public void Read()
    {
        while (_at < pattern.Length)
        {
            var c = pattern[_at];
            if (c == '\\')
            {
                Escape();
            }
            else if (_isInClass)
            {
                InClass(c);
            }
            else
            {
                Outside(c);
            }
        }
    }

    private void Outside(char c)
    {
        switch (c)
        {
            case '[':
                _isInClass = true;
                Both("[");
                _at++;
                if (Peek() == '^')
                {
                    Both("^");
                    _at++;
                }

                if (Peek() == ']')
                {
                    throw Refuse("an empty character class");
                }

                break;
            case '(':
                Group();
                break;
            case '*' or '+' or '?':
                Both(c.ToString());
                _at++;
                AfterQuantifier();
                break;
            case '{':
                Repeat();
                break;
            default:
                Both(c.ToString());
                _at++;
                break;
        }
    }

    private void InClass(char c)
    {
        if (c == '[')
        {
            throw Refuse("a character class inside another");
        }

        if (c == '&' && Peek(1) == '&')
        {
            throw Refuse("an intersection of character classes (&&)");
        }

        _isInClass = c != ']';
        Both(c.ToString());
        _at++;
    }

    private void Repeat()
    {
        var end = pattern.IndexOf('}', _at);
        var text = end < 0 ? "" : pattern[_at..(end + 1)];
        var bounds = text.Trim('{', '}').Split(',');
        if (bounds.Length > 2 || bounds[0].Length == 0
            || bounds.Any(bound => bound.Any(digit => !char.IsAsciiDigit(digit)) || bound.Length > 9))
        {
            throw Refuse("a '{' that is no repetition");
        }

        _isPortable &= bounds.All(
            bound => bound.Length == 0 || int.Parse(bound, CultureInfo.InvariantCulture) <= Re2RepeatMax);
        Both(text);
        _at = end + 1;
        AfterQuantifier();
    }

    private void AfterQuantifier()
    {
        if (Peek() == '+')
        {
            throw Refuse("a possessive quantifier");
        }

        if (Peek() == '?')
        {
            Both("?");
            _at++;
        }
    }

    private void Group()
    {
        if (Peek(1) != '?')
        {
            _names.Add(null);
            Both("(");
            _at++;
            return;
        }

        var rest = pattern.AsSpan(_at);
        foreach (var ahead in new[] { "(?<=", "(?<!", "(?=", "(?!", "(?>" })
        {
            if (rest.StartsWith(ahead))
            {
                _isPortable = false;
                _net.Append(ahead);
                _at += ahead.Length;
                return;
            }
        }

        if (rest.StartsWith("(?<"))
        {
            var end = pattern.IndexOf('>', _at);
            if (end < 0)
            {
                throw Refuse("a group name without its end");
            }

            // .NET numbers named groups after all others; Java in order.
            _names.Add(pattern[(_at + 3)..end]);
            Both("(");
            _at = end + 1;
            return;
        }

        Flags();
    }

    private void Flags()
    {
        var end = pattern.IndexOfAny([':', ')'], _at);
        var text = end < 0 ? pattern[_at..] : pattern[_at..(end + 1)];
        foreach (var flag in text.AsSpan(2).TrimEnd(":)"))
        {
            if (flag is not ('i' or 'm' or 's' or 'x' or '-'))
            {
                throw Refuse($"the flag or group '{text}'");
            }

            _isPortable &= flag != 'x';
        }

        Both(text);
        _at += text.Length;
    }

    private void Escape()
    {
        var c = Peek(1);
        switch (c)
        {
            case 'd' or 'w' or 's' or 'D' or 'W' or 'S':
                Shorthand(c);
                break;
            case >= '1' and <= '9' or 'k' when !_isInClass:
                BackReference(c);
                break;
            case 'p' or 'P':
                Property(c == 'P');
                break;
            case 'Q':
                Quote();
                break;
            case 'u' or 'x' or '0' or 'e' or 'a' or 't' or 'n' or 'r' or 'f':
                Character(c);
                break;
            case 'b' or 'B' or 'A' or 'z' or 'Z' or 'G' when !_isInClass:
                _isPortable &= c is not ('Z' or 'G');
                Both("\\" + c);
                _at += 2;
                break;
            case '\0':
                throw Refuse("a trailing backslash");
            default:
                if (char.IsAsciiLetterOrDigit(c))
                {
                    throw Refuse($"the escape '\\{c}'");
                }

                Both(c < 128 ? "\\" + c : c.ToString());
                _at += 2;
                break;
        }
    }

    private void Shorthand(char c)
    {
        var members = char.ToLowerInvariant(c) switch { 'd' => "0-9", 'w' => "a-zA-Z0-9_", _ => @" \t\n\x0B\f\r" };
        Members(members, char.IsUpper(c), $"'\\{c}' inside a class");
        _at += 2;
    }

    private void Members(string members, bool isNegated, string what)
    {
        if (_isInClass && isNegated)
        {
            throw Refuse(what);
        }

        Both(_isInClass ? members : isNegated ? $"[^{members}]" : $"[{members}]");
    }

    private void BackReference(char c)
    {
        _isPortable = false;
        var end = _at + 2;
        string number;
        if (c == 'k')
        {
            var close = pattern.IndexOf('>', _at);
            var name = close < 0 ? "" : pattern[(_at + 3)..close];
            var group = _names.IndexOf(name) + 1;
            if (group == 0)
            {
                throw Refuse($"a reference to the group '{name}', which does not come before");
            }

            (number, end) = (group.ToString(CultureInfo.InvariantCulture), close + 1);
        }
        else
        {
            number = c.ToString();
            while (end < pattern.Length && char.IsAsciiDigit(pattern[end])
                && int.Parse(number + pattern[end], CultureInfo.InvariantCulture) <= _names.Count)
            {
                number += pattern[end++];
            }
        }

        _net.Append(CultureInfo.InvariantCulture, $"(?:\\{number})");
        _at = end;
    }

    private void Property(bool isNegated)
    {
        var isLong = Peek(2) == '{';
        var end = isLong ? pattern.IndexOf('}', _at) : _at + 2;
        if (end < 0 || end >= pattern.Length)
        {
            throw Refuse("a property without its end");
        }

        var name = isLong ? pattern[(_at + 3)..end] : pattern[end].ToString();
        if (Posix.TryGetValue(name, out var members))
        {
            Members(members, isNegated, $"'\\P{{{name}}}' inside a class");
        }
        else if (Categories.Contains(name))
        {
            Both($"\\{(isNegated ? 'P' : 'p')}{{{name}}}");
        }
        else
        {
            throw Refuse($"the property '{name}'");
        }

        _at = end + 1;
    }

    private void Quote()
    {
        var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        foreach (var c in pattern.AsSpan(_at + 2, (end < 0 ? pattern.Length : end) - _at - 2))
        {
            Both(c < 128 && !char.IsAsciiLetterOrDigit(c) && c > ' ' ? "\\" + c : c.ToString());
        }

        _at = end < 0 ? pattern.Length : end + 2;
    }

    private void Character(char c)
    {
        var (code, length) = c switch
        {
            'u' => (Number(2, 4, 16), 6),
            'x' when Peek(2) == '{' => Braced(),
            'x' => (Number(2, 2, 16), 4),
            '0' => Octal(),
            'e' => (0x1B, 2),
            'a' => (7, 2),
            't' => (9, 2),
            'n' => (10, 2),
            'r' => (13, 2),
            _ => (12, 2),
        };
        if (code > 0xFFFF)
        {
            throw Refuse("a character beyond U+FFFF in an escape");
        }

        _net.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}");
        _re2.Append(CultureInfo.InvariantCulture, $"\\x{{{code:X}}}");
        _at += length;
    }

    private (int Code, int Length) Braced()
    {
        var end = pattern.IndexOf('}', _at);
        return end < 0 ? throw Refuse("an escape without its end") : (Number(3, end - _at - 3, 16), end + 1 - _at);
    }

    private (int Code, int Length) Octal()
    {
        var digits = pattern.Skip(_at + 2).Take(3).TakeWhile(digit => digit is >= '0' and <= '7').Count();
        return (Number(2, digits, 8), digits + 2);
    }

    private int Number(int offset, int length, int radix)
    {
        try
        {
            return Convert.ToInt32(pattern.Substring(_at + offset, length), radix);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw Refuse("an escape without a number");
        }
    }

    private char Peek(int offset = 0) => _at + offset < pattern.Length ? pattern[_at + offset] : '\0';

    private void Both(string text)
    {
        _net.Append(text);
        _re2.Append(text);
    }

    private TarnException Refuse(string what) => new(
        ErrorKind.Unsupported,
        $"regular expression '{pattern}' has {what} at position {_at + 1}, which is not supported")
    {
        Code = "NOT_SUPPORTED",
    };
}
