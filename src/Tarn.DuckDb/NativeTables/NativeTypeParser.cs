using System.Globalization;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Reads DuckDB's type text:
/// <code>
/// type := base { '[]' }
/// base := word [ '(' n [ ',' n ] ')' ] | STRUCT '(' name type { ',' name type } ')' | MAP '(' type ',' type ')'
/// </code>
/// Words in any case; a name is a word or quoted.
/// </summary>
internal sealed class NativeTypeParser(string text)
{
    private const int DepthMax = 100;
    private const int DecimalDigitsMax = 38;

    private int _at;
    private int _depth;

    /// <summary>Null for text that is no type, or one that native tables cannot have.</summary>
    public static NativeType? TryParse(string text)
    {
        var parser = new NativeTypeParser(text);
        return parser.Type() is { } type && parser.IsAtEnd() ? type : null;
    }

    private NativeType? Type()
    {
        if (++_depth > DepthMax)
        {
            return null;
        }

        var type = Base();
        while (type is { } element && Takes('['))
        {
            type = Takes(']') ? Nested(DuckDBType.List, new NativeMember("element", element)) : null;
        }

        _depth--;
        return type;
    }

    private NativeType? Base()
    {
        var word = Word().ToUpperInvariant();
        switch (word)
        {
            case "STRUCT":
                return Struct();
            case "MAP":
                return Map();
            case "DECIMAL":
                return Decimal();
            case "VARCHAR":
                return Varchar();
            case "JSON":
                return new NativeType(DuckDBType.Varchar, IsJson: true, 0, 0);
            case "TIMESTAMP" when TakesWords("WITH", "TIME", "ZONE"):
                return Simple(DuckDBType.TimestampTz);
        }

        return word switch
        {
            "BOOLEAN" => Simple(DuckDBType.Boolean),
            "TINYINT" => Simple(DuckDBType.TinyInt),
            "SMALLINT" => Simple(DuckDBType.SmallInt),
            "INTEGER" => Simple(DuckDBType.Integer),
            "BIGINT" => Simple(DuckDBType.BigInt),
            "FLOAT" => Simple(DuckDBType.Float),
            "DOUBLE" => Simple(DuckDBType.Double),
            "BLOB" => Simple(DuckDBType.Blob),
            "DATE" => Simple(DuckDBType.Date),
            "TIMESTAMP" => Simple(DuckDBType.Timestamp),
            "TIMESTAMPTZ" => Simple(DuckDBType.TimestampTz),
            _ => null,
        };
    }

    private NativeType? Decimal()
    {
        if (!Takes('(') || Number() is not { } width)
        {
            return null;
        }

        var scale = Takes(',') ? Number() : 0;
        return Takes(')') && width is >= 1 and <= DecimalDigitsMax && scale <= width
            ? new NativeType(DuckDBType.Decimal, IsJson: false, width, (byte)scale)
            : null;
    }

    private NativeType? Varchar()
    {
        if (!Takes('('))
        {
            return Simple(DuckDBType.Varchar);
        }

        return Number() is { } length and > 0 && Takes(')')
            ? new NativeType(DuckDBType.Varchar, IsJson: false, length, 0)
            : null;
    }

    private NativeType? Map() =>
        Takes('(') && Type() is { } key && Takes(',') && Type() is { } value && Takes(')')
            ? Nested(DuckDBType.Map, new NativeMember("key", key), new NativeMember("value", value))
            : null;

    private NativeType? Struct()
    {
        var members = new List<NativeMember>();
        var next = Takes('(');
        while (next)
        {
            if (Name() is not { Length: > 0 } name || Type() is not { } type)
            {
                return null;
            }

            members.Add(new NativeMember(name, type));
            next = Takes(',');
        }

        return members.Count > 0 && Takes(')') ? Nested(DuckDBType.Struct, [.. members]) : null;
    }

    private static NativeType Simple(DuckDBType id) => new(id, IsJson: false, 0, 0);

    private static NativeType Nested(DuckDBType id, params NativeMember[] members) =>
        new(id, IsJson: false, 0, 0, members);

    private string? Name()
    {
        SkipSpaces();
        if (_at == text.Length || text[_at] != '"')
        {
            return Word();
        }

        var name = "";
        while (true)
        {
            var end = text.IndexOf('"', _at + 1);
            if (end < 0)
            {
                return null;
            }

            name += text[(_at + 1)..end];
            _at = end + 1;
            if (_at == text.Length || text[_at] != '"')
            {
                return name;
            }

            name += '"';
        }
    }

    private string Word()
    {
        SkipSpaces();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool TakesWords(params string[] words)
    {
        var start = _at;
        if (words.All(word => word.Equals(Word(), StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        _at = start;
        return false;
    }

    private int? Number() =>
        int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool Takes(char token)
    {
        SkipSpaces();
        if (_at == text.Length || text[_at] != token)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool IsAtEnd()
    {
        SkipSpaces();
        return _at == text.Length;
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
