using System.Text;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Reads a PutRecords body of the form that clients write in practice, at a fraction of the cost of a JSON reader: no
/// escapes, plain ASCII, each member once, Data and PartitionKey in each record. Anything else, wrong or just unusual,
/// makes it give up, and <see cref="PutRequestJson"/> reads the body from its beginning: only that one says what is
/// wrong. Whatever this accepts, the other accepts with the same result.
/// </summary>
internal ref struct PutRequestScanner
{
    private const int TextLengthMax = 256;

    private readonly PutRequest _request;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private PutRequestScanner(PutRequest request, ReadOnlyMemory<byte> body)
    {
        _request = request;
        _body = body;
        _text = body.Span;
    }

    /// <summary>False: the request is as it was, and the body may be anything.</summary>
    public static bool TryRead(PutRequest request, ReadOnlyMemory<byte> body)
    {
        if (new PutRequestScanner(request, body).TryReadBody())
        {
            return true;
        }

        request.Clear();
        return false;
    }

    private bool TryReadBody()
    {
        if (!TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TryReadMember())
            {
                return false;
            }
        }
        while (TryTake((byte)','));

        return TryTake((byte)'}') && SkipSpace() == _text.Length && _request.Count > 0;
    }

    private bool TryReadMember()
    {
        if (TryTakeName("Records"u8))
        {
            return _request.Count == 0 && TryReadRecords();
        }

        if (_request.StreamName is null && TryTakeName("StreamName"u8))
        {
            var isText = TryTakeText(out var name);
            _request.NameStream(name.Span);
            return isText;
        }

        if (_request.StreamArn is null && TryTakeName("StreamARN"u8))
        {
            var isText = TryTakeText(out var arn);
            _request.StreamArn = Encoding.ASCII.GetString(arn.Span);
            return isText;
        }

        return false;
    }

    private bool TryReadRecords()
    {
        if (!TryTake((byte)'['))
        {
            return false;
        }

        do
        {
            if (!TryReadRecord())
            {
                return false;
            }
        }
        while (TryTake((byte)','));

        return TryTake((byte)']');
    }

    private bool TryReadRecord()
    {
        ReadOnlyMemory<byte> data;
        ReadOnlyMemory<byte> key;
        if (!TryTake((byte)'{'))
        {
            return false;
        }

        if (TryTakeName("Data"u8))
        {
            if (!TryTakeLongText(out data) || !TryTake((byte)',')
                || !TryTakeName("PartitionKey"u8) || !TryTakeText(out key))
            {
                return false;
            }
        }
        else if (!TryTakeName("PartitionKey"u8) || !TryTakeText(out key) || !TryTake((byte)',')
            || !TryTakeName("Data"u8) || !TryTakeLongText(out data))
        {
            return false;
        }

        // Base64 with white space in it is longer than its payload asks for: in JSON that may be a control character.
        return TryTake((byte)'}')
            && !key.IsEmpty
            && StreamEntry.TryFromBase64(key, data, null, out var entry)
            && data.Length == (entry.DataLength + 2) / 3 * 4
            && _request.TryAdd(entry);
    }

    /// <summary>A name with its colon; false at any other name, which can then be tried.</summary>
    private bool TryTakeName(ReadOnlySpan<byte> name)
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
    private bool TryTakeText(out ReadOnlyMemory<byte> text)
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
    private bool TryTakeLongText(out ReadOnlyMemory<byte> text)
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

    private bool TryTake(byte single)
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
