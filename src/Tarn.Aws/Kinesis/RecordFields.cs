using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>Data, ExplicitHashKey and PartitionKey of one record, read in whatever order they come.</summary>
internal ref struct RecordFields(PutRequest request, string path)
{
    private const int RecordBytesMax = 1 << 20;
    private const int KeyCharactersMax = 256;

    private Memory<byte>? _data;
    private Memory<byte>? _key;
    private UInt128? _hashKey;

    public readonly bool IsComplete => _data is not null && _key is not null;

    /// <summary>
    /// Reads the property that the reader stands on; false, with nothing read, when it is none of a record's.
    /// </summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("Data"u8))
        {
            ReadData(ref reader);
        }
        else if (reader.ValueTextEquals("PartitionKey"u8))
        {
            ReadKey(ref reader);
        }
        else if (reader.ValueTextEquals("ExplicitHashKey"u8))
        {
            ReadHashKey(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    public readonly AwsException Missing() =>
        PutRequest.Violation("null", path + (_data is null ? "data" : "partitionKey"), "Member must not be null");

    public readonly StreamEntry Finish() => _data!.Value.Length + _key!.Value.Length <= RecordBytesMax
        ? new StreamEntry(_key.Value, _data.Value, _hashKey)
        : throw PutRequest.Violation(
            "...",
            path + "data",
            $"Member must have length less than or equal to {RecordBytesMax} with its partition key");

    private void ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw PutRequest.Wrong($"member '{path}data' must be base64 text");
        }

        var free = request.Free.Span;
        int length;
        bool decoded;
        if (reader.ValueIsEscaped)
        {
            var plain = new byte[reader.ValueSpan.Length];
            var plainLength = reader.CopyString(plain);
            decoded = Base64.DecodeFromUtf8(
                plain.AsSpan(0, plainLength), free, out _, out length) == OperationStatus.Done;
        }
        else
        {
            decoded = Base64.DecodeFromUtf8(reader.ValueSpan, free, out _, out length) == OperationStatus.Done;
        }

        _data = decoded ? request.Take(length) : throw PutRequest.Wrong($"member '{path}data' is not base64");
    }

    private void ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw PutRequest.Wrong($"member '{path}partitionKey' must be a string");
        }

        var length = reader.CopyString(request.Free.Span);
        var key = request.Take(length);
        var characters = length <= KeyCharactersMax ? Math.Min(length, 1) : Encoding.UTF8.GetCharCount(key.Span);
        if (characters is < 1 or > KeyCharactersMax)
        {
            throw PutRequest.Violation(
                "...", path + "partitionKey", $"Member must have length between 1 and {KeyCharactersMax}");
        }

        _key = key;
    }

    private void ReadHashKey(ref Utf8JsonReader reader)
    {
        var text = PutRequest.ReadText(ref reader, path + "explicitHashKey");
        if (text is null)
        {
            return;
        }

        _hashKey = UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hashKey)
            ? hashKey
            : throw KinesisErrors.InvalidArgument(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
                + $"Specified value was {text}");
    }
}
