using System.Buffers;
using System.Text.Json;
using Tarn.DuckDb.JsonRecords;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// The tokens of JSON values that follow each other, as Utf8JsonReader gives them, in half its time: the whole text is
/// in memory, and its UTF-8 has been checked. What is not JSON throws JsonException, without saying why.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    /// <summary>Nesting that Utf8JsonReader takes as well.</summary>
    private const int DepthMax = 64;

    private static readonly SearchValues<byte> StringStops =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(letter => (byte)letter), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private int _valueStart;
    private int _valueEnd;
    private int _depth;

    /// <summary>Bit 0 tells whether the innermost value under way is an object, bit 1 the one around it, ...</summary>
    private ulong _isObject;

    public JsonTokenType TokenType { get; private set; }

    /// <summary>Where the token begins, with its quote.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Where the next token is looked for.</summary>
    public readonly int Consumed => _at;

    /// <summary>Whether the string or name has escapes.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>A string or name without its quotes, or another value without parts.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => _json[_valueStart.._valueEnd];

    /// <summary>Moves to the next token; false at the end of the text.</summary>
    public bool Read()
    {
        SkipSpace();
        if (_at == _json.Length)
        {
            return _depth == 0 ? false : throw NotJson();
        }

        var letter = _json[_at];
        if (_depth == 0 || TokenType == JsonTokenType.PropertyName)
        {
            ReadValue(letter);
            return true;
        }

        var isInObject = (_isObject & 1) != 0;
        if (letter == (isInObject ? '}' : ']'))
        {
            TokenStart = _at++;
            TokenType = isInObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
            _depth--;
            _isObject >>= 1;
            return true;
        }

        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            letter = SkipComma(letter);
        }

        if (isInObject)
        {
            ReadName(letter);
        }
        else
        {
            ReadValue(letter);
        }

        return true;
    }

    /// <summary>
    /// Moves to the next name of an object if it stands there, without space, as expected: with its quotes and the
    /// colon. Called after the object's beginning or a member's value.
    /// </summary>
    private bool TryReadName(ReadOnlySpan<byte> expected)
    {
        var start = _at;
        if (TokenType != JsonTokenType.StartObject)
        {
            if (start == _json.Length || _json[start] != ',')
            {
                return false;
            }

            start++;
        }

        if (!_json[start..].StartsWith(expected))
        {
            return false;
        }

        TokenStart = start;
        (_valueStart, _valueEnd, _at) = (start + 1, start + expected.Length - 2, start + expected.Length);
        TokenType = JsonTokenType.PropertyName;
        return true;
    }

    /// <summary>
    /// Moves to the value of an object's next member and tells its column, -1 for none; false at the object's end.
    /// </summary>
    public bool TryReadMember(MemberNames names, int position, out int place)
    {
        var expected = names.Expect(position);
        if (!expected.IsEmpty && TryReadName(expected))
        {
            place = names.TakeExpected();
        }
        else
        {
            Read();
            if (TokenType != JsonTokenType.PropertyName)
            {
                place = -1;
                return false;
            }

            place = names.Find(ValueSpan, position);
        }

        Read();
        return true;
    }

    /// <summary>Moves to the end of an object or array that has begun, or of the value after a name.</summary>
    public void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName)
        {
            Read();
        }

        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        for (var outside = _depth - 1; _depth > outside;)
        {
            Read();
        }
    }

    /// <summary>
    /// The string or name without escapes. Throws InvalidOperationException where they are no characters.
    /// </summary>
    public readonly int CopyString(Span<byte> target)
    {
        var reader = Quoted();
        return reader.CopyString(target);
    }

    /// <summary>The same as a text.</summary>
    public readonly string GetString()
    {
        var reader = Quoted();
        return reader.GetString()!;
    }

    private readonly Utf8JsonReader Quoted()
    {
        var reader = new Utf8JsonReader(_json[TokenStart..(_valueEnd + 1)]);
        reader.Read();
        return reader;
    }

    private byte SkipComma(byte letter)
    {
        if (letter != ',')
        {
            throw NotJson();
        }

        _at++;
        SkipSpace();
        return _at < _json.Length ? _json[_at] : throw NotJson();
    }

    private void ReadName(byte letter)
    {
        if (letter != '"')
        {
            throw NotJson();
        }

        ReadString();
        TokenType = JsonTokenType.PropertyName;
        SkipSpace();
        if (_at == _json.Length || _json[_at] != ':')
        {
            throw NotJson();
        }

        _at++;
    }

    private void ReadValue(byte letter)
    {
        switch (letter)
        {
            case (byte)'"':
                ReadString();
                TokenType = JsonTokenType.String;
                break;
            case (byte)'{':
                Begin(JsonTokenType.StartObject, 1);
                break;
            case (byte)'[':
                Begin(JsonTokenType.StartArray, 0);
                break;
            case (byte)'t':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void Begin(JsonTokenType type, ulong bit)
    {
        if (_depth == DepthMax)
        {
            throw NotJson();
        }

        TokenStart = _at++;
        TokenType = type;
        _depth++;
        _isObject = (_isObject << 1) | bit;
    }

    private void ReadString()
    {
        TokenStart = _at;
        _valueStart = _at + 1;
        ValueIsEscaped = false;
        for (var from = _valueStart; ;)
        {
            var length = _json[from..].IndexOfAny(StringStops);
            if (length < 0)
            {
                throw NotJson();
            }

            var stop = from + length;
            if (_json[stop] == '"')
            {
                _valueEnd = stop;
                _at = stop + 1;
                return;
            }

            from = stop + EscapeLength(stop);
            ValueIsEscaped = true;
        }
    }

    private readonly int EscapeLength(int at)
    {
        var rest = _json[at..];
        if (rest.Length < 2 || rest[0] != '\\')
        {
            throw NotJson();
        }

        if (rest[1] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(rest[1]) ? 2 : throw NotJson();
        }

        for (var index = 2; index < 6; index++)
        {
            if (index >= rest.Length || !char.IsAsciiHexDigit((char)rest[index]))
            {
                throw NotJson();
            }
        }

        return 6;
    }

    private void ReadLiteral(ReadOnlySpan<byte> name, JsonTokenType type)
    {
        if (!_json[_at..].StartsWith(name))
        {
            throw NotJson();
        }

        Take(_at + name.Length, type);
    }

    private void ReadNumber()
    {
        var at = _at;
        at += _json[at] == '-' ? 1 : 0;
        var first = at;
        at = SkipDigits(at);
        if (_json[first] == '0' && at > first + 1)
        {
            throw NotJson();
        }

        if (at < _json.Length && _json[at] == '.')
        {
            at = SkipDigits(at + 1);
        }

        if (at < _json.Length && (_json[at] | 0x20) == 'e')
        {
            at++;
            at += at < _json.Length && _json[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            at = SkipDigits(at);
        }

        if (at < _json.Length && !",}] \n\r\t"u8.Contains(_json[at]))
        {
            throw NotJson();
        }

        Take(at, JsonTokenType.Number);
    }

    /// <summary>One digit or more.</summary>
    private readonly int SkipDigits(int at)
    {
        var start = at;
        while (at < _json.Length && (uint)(_json[at] - '0') <= 9)
        {
            at++;
        }

        return at > start ? at : throw NotJson();
    }

    /// <summary>A value without quotes.</summary>
    private void Take(int end, JsonTokenType type)
    {
        TokenStart = _at;
        TokenType = type;
        (_valueStart, _valueEnd, _at) = (_at, end, end);
    }

    private void SkipSpace()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private static JsonException NotJson() => new("the text is not JSON");
}
