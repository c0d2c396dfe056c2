using System.Formats.Cbor;
using System.Text;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Reads PutRecord and PutRecords from CBOR in one pass. Payloads and keys of known length, which is how every SDK
/// writes them, stay where they stand in the body. Lengths of maps and lists may be open.
/// </summary>
internal readonly ref struct PutRequestCbor
{
    private readonly PutRequest _request;
    private readonly CborReader _reader;

    private PutRequestCbor(PutRequest request, CborReader reader) => (_request, _reader) = (request, reader);

    /// <summary>The request, which points into <paramref name="body"/>; the caller disposes it.</summary>
    public static PutRequest Read(ReadOnlyMemory<byte> body, bool isBatch)
    {
        var request = PutRequest.Take(isBatch);
        try
        {
            var reader = new CborReader(body, CborConformanceMode.Lax);
            new PutRequestCbor(request, reader).ReadBody();
            return reader.BytesRemaining == 0
                ? request
                : throw CborToJson.Malformed($"{reader.BytesRemaining} bytes follow the map");
        }
        catch (Exception failure)
        {
            request.Dispose();
            if (CborToJson.IsMalformed(failure))
            {
                throw CborToJson.Malformed(failure.Message);
            }

            throw;
        }
    }

    private void ReadBody()
    {
        var single = _request.Next();
        var seen = 0u;
        _reader.ReadStartMap();
        while (_reader.PeekState() != CborReaderState.EndMap)
        {
            var name = ReadBytes(CborReaderState.TextString).Span;
            if (name.SequenceEqual("StreamName"u8))
            {
                Once(ref seen, 0, name);
                _request.StreamName = ReadText();
            }
            else if (name.SequenceEqual("StreamARN"u8))
            {
                Once(ref seen, 1, name);
                _request.StreamArn = ReadText();
            }
            else if (_request.IsBatch && name.SequenceEqual("Records"u8))
            {
                Once(ref seen, 2, name);
                ReadRecords();
            }
            else if (!_request.IsBatch && name.SequenceEqual("SequenceNumberForOrdering"u8))
            {
                Once(ref seen, 3, name);
                PutRequest.CheckOrdering(ReadText());
            }
            else if (_request.IsBatch || !TryReadField(name, ref single, ref seen))
            {
                throw _request.Unknown(Encoding.UTF8.GetString(name));
            }
        }

        _reader.ReadEndMap();
        if (_request.IsBatch)
        {
            PutErrors.CheckRecords(hasList: (seen & (1 << 2)) != 0, _request.Count);
        }
        else
        {
            _request.Add(single);
        }
    }

    private void ReadRecords()
    {
        _reader.ReadStartArray();
        while (_reader.PeekState() != CborReaderState.EndArray)
        {
            var record = _request.Next();
            var seen = 0u;
            _reader.ReadStartMap();
            while (_reader.PeekState() != CborReaderState.EndMap)
            {
                var name = ReadBytes(CborReaderState.TextString).Span;
                if (!TryReadField(name, ref record, ref seen))
                {
                    throw _request.Unknown("Records." + Encoding.UTF8.GetString(name));
                }
            }

            _reader.ReadEndMap();
            _request.Add(record);
        }

        _reader.ReadEndArray();
    }

    /// <summary>Reads a member of a record; false, with nothing read, when the name is none of a record's.</summary>
    private bool TryReadField(ReadOnlySpan<byte> name, ref RecordFields record, ref uint seen)
    {
        if (name.SequenceEqual("Data"u8))
        {
            Once(ref seen, 4, name);
            record.SetData(ReadBytes(CborReaderState.ByteString));
        }
        else if (name.SequenceEqual("PartitionKey"u8))
        {
            Once(ref seen, 5, name);
            record.SetKey(ReadBytes(CborReaderState.TextString));
        }
        else if (name.SequenceEqual("ExplicitHashKey"u8))
        {
            Once(ref seen, 6, name);
            record.SetHashKey(ReadText());
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <param name="kind">ByteString or TextString; either may also come in pieces.</param>
    private ReadOnlyMemory<byte> ReadBytes(CborReaderState kind) => (_reader.PeekState(), kind) switch
    {
        (CborReaderState.ByteString, CborReaderState.ByteString) => _reader.ReadDefiniteLengthByteString(),
        (CborReaderState.StartIndefiniteLengthByteString, CborReaderState.ByteString) => _reader.ReadByteString(),
        (CborReaderState.TextString, CborReaderState.TextString) => _reader.ReadDefiniteLengthTextStringBytes(),
        (CborReaderState.StartIndefiniteLengthTextString, CborReaderState.TextString) =>
            Encoding.UTF8.GetBytes(_reader.ReadTextString()),
        var (found, _) => throw CborToJson.Malformed($"a {found} stands where a {kind} must"),
    };

    private string? ReadText()
    {
        if (_reader.PeekState() == CborReaderState.Null)
        {
            _reader.ReadNull();
            return null;
        }

        return Encoding.UTF8.GetString(ReadBytes(CborReaderState.TextString).Span);
    }

    private static void Once(ref uint seen, int member, ReadOnlySpan<byte> name)
    {
        if ((seen & (1u << member)) != 0)
        {
            throw CborToJson.Malformed($"member '{Encoding.UTF8.GetString(name)}' is there twice");
        }

        seen |= 1u << member;
    }
}
