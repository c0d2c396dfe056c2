using System.Formats.Cbor;
using System.Text.Json;

namespace Tarn.Aws.Protocol.Cbor;

/// <summary>
/// Rewrites the CBOR body of a request as the JSON body that means the same. Strict: one map with text keys, no key
/// twice, nothing after it, nested at most 32 deep. Blobs occur only in operations that read CBOR themselves, so a byte
/// string is refused here.
/// </summary>
internal readonly ref struct CborToJson
{
    private const int DepthMax = 32;
    private const long MillisecondsMax = 253_402_300_799_999;
    private static readonly byte[] EmptyMap = [0xA0];

    private readonly CborReader _reader;
    private readonly Utf8JsonWriter _writer;

    private CborToJson(CborReader reader, Utf8JsonWriter writer) => (_reader, _writer) = (reader, writer);

    /// <summary>The JSON; the caller disposes it. An empty body is an empty map.</summary>
    public static PooledBuffer Translate(ReadOnlyMemory<byte> body)
    {
        var json = new PooledBuffer(body.Length * 2);
        try
        {
            Translate(body.IsEmpty ? EmptyMap : body, json);
            return json;
        }
        catch (Exception failure)
        {
            json.Dispose();
            if (IsMalformed(failure))
            {
                throw Malformed(failure.Message);
            }

            throw;
        }
    }

    /// <summary>What a reader throws for bytes that are not the CBOR that was asked for.</summary>
    public static bool IsMalformed(Exception failure) => failure
        is CborContentException or InvalidOperationException or OverflowException or ArgumentException;

    public static AwsException Malformed(string message) =>
        new("SerializationException", 400, "the body is not valid CBOR for this operation: " + message);

    private static void Translate(ReadOnlyMemory<byte> body, PooledBuffer json)
    {
        using var writer = new Utf8JsonWriter(json);
        var reader = new CborReader(body, CborConformanceMode.Strict);
        if (reader.PeekState() != CborReaderState.StartMap)
        {
            throw Malformed("it must be a map");
        }

        new CborToJson(reader, writer).Value(member: null, depth: 0);
        if (reader.BytesRemaining > 0)
        {
            throw Malformed($"{reader.BytesRemaining} bytes follow the map");
        }
    }

    private void Value(string? member, int depth)
    {
        switch (_reader.PeekState())
        {
            case CborReaderState.StartMap:
                Map(Deeper(depth));
                break;
            case CborReaderState.StartArray:
                List(member, Deeper(depth));
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                _writer.WriteStringValue(_reader.ReadTextString());
                break;
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                Integer(member);
                break;
            case CborReaderState.Tag:
                Time(member);
                break;
            case CborReaderState.Boolean:
                _writer.WriteBooleanValue(_reader.ReadBoolean());
                break;
            case CborReaderState.Null:
                _reader.ReadNull();
                _writer.WriteNullValue();
                break;
            case CborReaderState.HalfPrecisionFloat
                or CborReaderState.SinglePrecisionFloat
                or CborReaderState.DoublePrecisionFloat:
                Float(member);
                break;
            case var state:
                throw Malformed($"member '{member}' is a {state}");
        }
    }

    private void Map(int depth)
    {
        _reader.ReadStartMap();
        _writer.WriteStartObject();
        while (_reader.PeekState() != CborReaderState.EndMap)
        {
            var name = _reader.ReadTextString();
            _writer.WritePropertyName(name);
            Value(name, depth);
        }

        _reader.ReadEndMap();
        _writer.WriteEndObject();
    }

    private void List(string? member, int depth)
    {
        _reader.ReadStartArray();
        _writer.WriteStartArray();
        while (_reader.PeekState() != CborReaderState.EndArray)
        {
            Value(member, depth);
        }

        _reader.ReadEndArray();
        _writer.WriteEndArray();
    }

    private void Integer(string? member)
    {
        var number = _reader.ReadInt64();
        if (!CborTimes.IsTime(member))
        {
            _writer.WriteNumberValue(number);
        }
        else if (number is >= 0 and <= MillisecondsMax)
        {
            _writer.WriteNumberValue(number / 1000m);
        }
        else
        {
            throw Malformed($"member '{member}' must be milliseconds since 1970 and is {number}");
        }
    }

    private void Time(string? member)
    {
        var tag = _reader.ReadTag();
        if (tag != CborTimes.Tag || !CborTimes.IsTime(member))
        {
            throw Malformed($"member '{member}' has tag {(ulong)tag}");
        }

        Integer(member);
    }

    private void Float(string? member)
    {
        var number = _reader.ReadDouble();
        if (CborTimes.IsTime(member))
        {
            throw Malformed($"member '{member}' must be whole milliseconds since 1970, with tag 1");
        }

        _writer.WriteNumberValue(number);
    }

    private static int Deeper(int depth) =>
        depth < DepthMax ? depth + 1 : throw Malformed($"it is nested more than {DepthMax} deep");
}
