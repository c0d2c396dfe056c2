namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// The fields of one protobuf message, by hand: two messages do not carry a library. After the last field, and after
/// anything that is not protobuf, there is none; <see cref="IsDamaged"/> tells which.
/// </summary>
internal struct ProtobufReader(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private ReadOnlyMemory<byte> _rest = message;

    public bool IsDamaged { get; private set; }

    /// <summary>Number of the field, as given in the message's definition.</summary>
    public int Field { get; private set; }

    /// <summary>Its number, when it is one; otherwise null.</summary>
    public ulong? Number { get; private set; }

    /// <summary>Its bytes, when it is text, bytes or a message; otherwise null.</summary>
    public ReadOnlyMemory<byte>? Data { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty || !TryReadNumber(out var tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            IsDamaged |= !_rest.IsEmpty;
            return false;
        }

        Field = (int)(tag >> 3);
        (Number, Data) = (null, null);
        var read = (int)(tag & 7) switch
        {
            Varint => TryReadVarint(),
            Fixed64 => TrySkip(sizeof(ulong)),
            Bytes => TryReadBytes(),
            Fixed32 => TrySkip(sizeof(uint)),
            _ => false,
        };
        IsDamaged |= !read;
        return read;
    }

    private bool TryReadVarint()
    {
        var read = TryReadNumber(out var number);
        Number = number;
        return read;
    }

    private bool TryReadBytes()
    {
        if (!TryReadNumber(out var length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        Data = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TrySkip(int count)
    {
        if (count > _rest.Length)
        {
            return false;
        }

        _rest = _rest[count..];
        return true;
    }

    private bool TryReadNumber(out ulong number)
    {
        number = 0;
        var span = _rest.Span;
        for (var at = 0; at < Math.Min(span.Length, 10); at++)
        {
            number |= (ulong)(span[at] & 0x7f) << (7 * at);
            if (span[at] < 0x80)
            {
                _rest = _rest[(at + 1)..];
                return true;
            }
        }

        IsDamaged = true;
        return false;
    }
}
