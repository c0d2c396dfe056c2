namespace Tarn.Aws.Protocol.Records;

/// <summary>
/// Takes tokens from JSON of the form that clients write in practice, at a fraction of the cost of a JSON reader: no
/// escapes, plain ASCII. False means that what follows is something else, or just unusual; the caller then gives up
/// and a real reader begins at the beginning. Whatever is accepted here, that reader accepts with the same result.
/// </summary>
internal ref struct JsonScanner
{
    private const int TextLengthMax = 256;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    public JsonScanner(ReadOnlyMemory<byte> body)
    {
        _body = body;
        _text = body.Span;
    }

    /// <summary>Whether nothing but space follows.</summary>
    public bool IsAtEnd() => SkipSpace() == _text.Length;

    /// <summary>A name with its colon; false at any other name, which can then be tried.</summary>
    public bool TryTakeName(ReadOnlySpan<byte> name)
    {
        var rest = _text[SkipSpace()..];
        if (rest.Length <= name.Length + 2 || rest[0] != '"' || rest[name.Length + 1] != '"'
            || !rest[1..].StartsWith(name))
        {
            return false;
        }

        _at += name.Length + 2;
        if (TryTake((byte)':'))
        {
            return true;
        }

        _at = _text.Length; // nothing more can be taken: no other name is to be found after this one
        return false;
    }

    /// <summary>A short text of printable ASCII.</summary>
    public bool TryTakeText(out ReadOnlyMemory<byte> text)
    {
        text = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var rest = _text[_at..];
        for (var length = 0; length < rest.Length && length <= TextLengthMax; length++)
        {
            var single = rest[length];
            if (single == '"')
            {
                text = _body.Slice(_at, length);
                _at += length + 1;
                return true;
            }

            if (single is (byte)'\\' or < 0x20 or > 0x7e)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A text up to the next quote, whatever it holds: what is not base64 is refused later.</summary>
    public bool TryTakeLongText(out ReadOnlyMemory<byte> text)
    {
        text = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var length = _text[_at..].IndexOf((byte)'"');
        if (length < 0)
        {
            return false;
        }

        text = _body.Slice(_at, length);
        _at += length + 1;
        return true;
    }

    /// <summary>One of JSON's signs.</summary>
    public bool TryTake(byte single)
    {
        if (SkipSpace() == _text.Length || _text[_at] != single)
        {
            return false;
        }

        _at++;
        return true;
    }

    private int SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }

        return _at;
    }
}
