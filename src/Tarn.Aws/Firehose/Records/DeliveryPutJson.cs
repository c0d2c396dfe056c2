using System.Text.Json;
using Tarn.Aws.Protocol.Records;

namespace Tarn.Aws.Firehose.Records;

/// <summary>Reads PutRecord and PutRecordBatch in one pass; payloads stay base64 in the body.</summary>
internal readonly ref struct DeliveryPutJson
{
    private readonly DeliveryPut _put;
    private readonly ReadOnlyMemory<byte> _body;

    private DeliveryPutJson(DeliveryPut put, ReadOnlyMemory<byte> body) => (_put, _body) = (put, body);

    /// <summary>The put, which points into <paramref name="body"/>; the caller disposes it.</summary>
    public static DeliveryPut Read(ReadOnlyMemory<byte> body, bool isBatch)
    {
        var put = DeliveryPut.Take(isBatch);
        return isBatch && PutScanner.TryRead(put, body) ? put : Read(put, body);
    }

    /// <summary>The same without the short cut for usual bodies.</summary>
    internal static DeliveryPut Read(DeliveryPut put, ReadOnlyMemory<byte> body) => PutJson.Read(
        put, body, static (put, body) => new DeliveryPutJson(put, body).ReadBody());

    private void ReadBody()
    {
        var reader = PutJson.Open(_body);
        var hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_put.DeliveryStreamName is null && reader.ValueTextEquals("DeliveryStreamName"u8))
            {
                _put.DeliveryStreamName = PutJson.Text(ref reader, "deliveryStreamName");
            }
            else if (!hasRecords && _put.IsBatch && reader.ValueTextEquals("Records"u8))
            {
                ReadRecords(ref reader);
                hasRecords = true;
            }
            else if (!hasRecords && !_put.IsBatch && reader.ValueTextEquals("Record"u8))
            {
                PutJson.Expect(ref reader, JsonTokenType.StartObject, "member 'record' must be a structure");
                ReadRecord(ref reader);
                hasRecords = true;
            }
            else
            {
                throw _put.Unknown(reader.GetString()!);
            }
        }

        PutJson.Close(ref reader);
        if (_put.IsBatch)
        {
            PutErrors.CheckRecords(hasRecords, _put.Count);
        }
        else if (!hasRecords)
        {
            throw PutErrors.Violation("null", "record", "Member must not be null");
        }
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

            ReadRecord(ref reader);
        }
    }

    /// <summary>Reads what stands between a record's braces, and the closing one.</summary>
    private void ReadRecord(ref Utf8JsonReader reader)
    {
        var hasData = false;
        ReadOnlyMemory<byte> data = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (hasData || !reader.ValueTextEquals("Data"u8))
            {
                throw _put.Unknown($"{(_put.IsBatch ? "Records" : "Record")}.{reader.GetString()}");
            }

            if (!PutJson.TryBytes(ref reader, _body, _put, out data))
            {
                throw PutErrors.Wrong($"member '{_put.DataPath}' must be base64 text");
            }

            hasData = true;
        }

        if (!hasData)
        {
            throw PutErrors.Violation("null", _put.DataPath, "Member must not be null");
        }

        _put.Add(data);
    }
}
