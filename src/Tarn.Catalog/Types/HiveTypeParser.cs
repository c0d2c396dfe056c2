using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Catalog.Types;

/// <summary>
/// Reads type text:
/// <code>
/// type   := word | decimal [ '(' p [ ',' s ] ')' ] | varchar '(' n ')' | char '(' n ')'
///         | array '&lt;' type '&gt;' | map '&lt;' type ',' type '&gt;' | struct '&lt;' name ':' type { ',' name ':'
/// type } '&gt;'
/// </code>
/// Words in any case, spaces between tokens ignored. A field name is everything up to its colon, or quoted in
/// backticks.
/// </summary>
internal sealed class HiveTypeParser(string text)
{
    private const int DepthMax = 100;
    private const int DecimalDigitsMax = 38;
    private const int VarcharLengthMax = 65535;
    private const int CharLengthMax = 255;

    private static readonly Dictionary<string, HivePrimitive> Primitives =
        Enum.GetValues<HivePrimitive>().ToDictionary(kind => kind.ToString().ToLowerInvariant());

    private static readonly string[] Parameterized = ["decimal", "varchar", "char", "array", "map", "struct"];
    private static readonly string[] Refused = ["uniontype", "interval", "void", "timestamp with local time zone"];

    private int _at;
    private int _depth;

    public HiveType Run()
    {
        var type = Type();
        SkipSpaces();
        return _at == text.Length ? type : throw Wrong("expected the end of the type");
    }

    private HiveType Type()
    {
        if (++_depth > DepthMax)
            throw Wrong($"types are nested more than {DepthMax} deep");
        SkipSpaces();
        var start = _at;
        var word = Word();
        HiveType type = word switch
        {
            "decimal" => Decimal(),
            "varchar" => new HiveType.Varchar(OneLength(VarcharLengthMax)),
            "char" => new HiveType.Char(OneLength(CharLengthMax)),
            "array" => new HiveType.Array(Between(Type)),
            "map" => Between(Map),
            "struct" => Between(Struct),
            "integer" => new HiveType.Primitive(HivePrimitive.Int),
            _ when Primitives.TryGetValue(word, out var kind) => new HiveType.Primitive(kind),
            _ => throw Unknown(word, start),
        };
        _depth--;
        return type;
    }

    private HiveType.Decimal Decimal()
    {
        if (!Takes('('))
        {
            return new HiveType.Decimal(10, 0);
        }

        var precision = Number(1, DecimalDigitsMax);
        var scale = Takes(',') ? Number(0, precision) : 0;
        Expect(')');
        return new HiveType.Decimal(precision, scale);
    }

    private int OneLength(int max)
    {
        Expect('(');
        var length = Number(1, max);
        Expect(')');
        return length;
    }

    private HiveType.Map Map()
    {
        var start = _at;
        var key = Type();
        if (key is HiveType.Array or HiveType.Map or HiveType.Struct)
            throw Wrong("the key of a map must be a type without nesting", start);
        Expect(',');
        return new HiveType.Map(key, Type());
    }

    private HiveType.Struct Struct()
    {
        var fields = new List<HiveType.Field>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        do
        {
            var start = _at;
            var name = FieldName();
            if (!names.Add(name))
                throw Wrong($"field '{name}' appears twice", start);
            Expect(':');
            fields.Add(new HiveType.Field(name, Type()));
        }
        while (Takes(','));
        return new HiveType.Struct(fields);
    }

    private string FieldName()
    {
        SkipSpaces();
        var start = _at;
        string name;
        if (_at < text.Length && text[_at] == '`')
        {
            var end = text.IndexOf('`', _at + 1);
            name = end < 0 ? throw Wrong("expected a closing backtick") : text[(_at + 1)..end];
            _at = end + 1;
        }
        else
        {
            while (_at < text.Length && text[_at] is not (':' or '<' or '>' or ',' or '(' or ')'))
            {
                _at++;
            }

            name = text[start.._at].TrimEnd();
        }

        // What cannot be printed without quotes and read again the same would change its meaning in another tool.
        return name.Length > 0 && name.Trim() == name && name.IndexOfAny([':', '<', '>', ',', '(', ')', '`']) < 0
            ? name
            : throw Wrong("expected a field name", start);
    }

    private T Between<T>(Func<T> inner)
    {
        Expect('<');
        var value = inner();
        Expect('>');
        return value;
    }

    private int Number(int min, int max)
    {
        SkipSpaces();
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        var digits = text.AsSpan(start, _at - start);
        var isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n);
        return isNumber && n >= min && n <= max ? n : throw Wrong($"expected a number from {min} to {max}", start);
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at].ToLowerInvariant();
    }

    private bool Takes(char token)
    {
        SkipSpaces();
        if (_at < text.Length && text[_at] == token)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Expect(char token)
    {
        if (!Takes(token))
            throw Wrong($"expected '{token}'");
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private TarnException Unknown(string word, int start)
    {
        if (word.Length == 0)
            return Wrong("expected a type", start);
        if (Refused.Contains(word))
            return new TarnException(ErrorKind.Unsupported, $"type '{word}' is not supported", $"in '{text}'");
        return new TarnException(
            ErrorKind.Invalid, $"'{word}' is not a type", Position(start),
            Suggestion.Hint(word, Primitives.Keys.Concat(Parameterized)));
    }

    private TarnException Wrong(string what, int? at = null) =>
        new(ErrorKind.Invalid, $"'{text}' is not a type: {what}", Position(at ?? _at));

    private string Position(int at) => at < text.Length
        ? $"at position {at + 1} of '{text}', before '{text[at]}'"
        : $"at the end of '{text}'";
}
