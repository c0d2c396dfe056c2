using System.Text.Json;
using Tarn.Aws.Protocol.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Reads PutRecord and PutRecords from JSON in one pass. Text without escapes is not copied: payloads stay base64 in
/// the body until they are written to the log.
/// </summary>
internal readonly ref struct PutRequestJson
{
    private readonly PutRequest _request;
    private readonly ReadOnlyMemory<byte> _body;

    private PutRequestJson(PutRequest request, ReadOnlyMemory<byte> body) => (_request, _body) = (request, body);

    /// <summary>The request, which points into <paramref name="body"/>; the caller disposes it.</summary>
    public static PutRequest Read(ReadOnlyMemory<byte> body, bool isBatch)
    {
        var request = PutRequest.Take(isBatch);
        return isBatch && PutScanner.TryRead(request, body) ? request : Read(request, body);
    }

    /// <summary>The same without the short cut for usual bodies.</summary>
    internal static PutRequest Read(PutRequest request, ReadOnlyMemory<byte> body) => PutJson.Read(
        request, body, static (request, body) => new PutRequestJson(request, body).ReadBody());

    private void ReadBody()
    {
        var reader = PutJson.Open(_body);
        var single = _request.Next();
        var hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("StreamName"u8))
            {
                _request.StreamName = PutJson.Text(ref reader, "streamName");
            }
            else if (reader.ValueTextEquals("StreamARN"u8))
            {
                _request.StreamArn = PutJson.Text(ref reader, "streamARN");
            }
            else if (_request.IsBatch && !hasRecords && reader.ValueTextEquals("Records"u8))
            {
                ReadRecords(ref reader);
                hasRecords = true;
            }
            else if (!_request.IsBatch && reader.ValueTextEquals("SequenceNumberForOrdering"u8))
            {
                PutRequest.CheckOrdering(PutJson.Text(ref reader, "sequenceNumberForOrdering"));
            }
            else if (_request.IsBatch || !TryReadField(ref reader, ref single))
            {
                throw _request.Unknown(reader.GetString()!);
            }
        }

        if (_request.IsBatch)
        {
            PutErrors.CheckRecords(hasRecords, _request.Count);
        }
        else
        {
            _request.Add(single);
        }

        PutJson.Close(ref reader);
    }

    private void ReadRecords(ref Utf8JsonReader reader)
    {
        PutJson.Expect(ref reader, JsonTokenType.StartArray, "member 'records' must be a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw PutErrors.Wrong("a member of 'records' must be a structure");
            }

            var record = _request.Next();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadField(ref reader, ref record))
                {
                    throw _request.Unknown("Records." + reader.GetString());
                }
            }

            _request.Add(record);
        }
    }

    /// <summary>
    /// Reads the property that the reader stands on; false, with nothing read, when it is none of a record's.
    /// </summary>
    private bool TryReadField(ref Utf8JsonReader reader, ref RecordFields record)
    {
        if (reader.ValueTextEquals("Data"u8))
        {
            record.SetBase64(ReadBytes(ref reader, record, "data", "base64 text"));
        }
        else if (reader.ValueTextEquals("PartitionKey"u8))
        {
            record.SetKey(ReadBytes(ref reader, record, "partitionKey", "a string"));
        }
        else if (reader.ValueTextEquals("ExplicitHashKey"u8))
        {
            record.SetHashKey(PutJson.Text(ref reader, record.Path("explicitHashKey")));
        }
        else
        {
            return false;
        }

        return true;
    }

    private ReadOnlyMemory<byte> ReadBytes(
        ref Utf8JsonReader reader, in RecordFields record, string member, string expected) =>
        PutJson.TryBytes(ref reader, _body, _request, out var bytes)
            ? bytes
            : throw PutErrors.Wrong($"member '{record.Path(member)}' must be {expected}");
}
