using System.Buffers;
using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// The input of PutRecord and PutRecords, read in one pass. Payloads are decoded into one pooled buffer of at most
/// the body's length; keys lie there too. Valid until disposed.
/// </summary>
internal sealed class PutRequest : IDisposable
{
    private const int RecordsMax = 500;
    private const int RequestBytesMax = 10 << 20;

    private readonly byte[] _buffer;
    private StreamEntry[] _entries = ArrayPool<StreamEntry>.Shared.Rent(RecordsMax);
    private int _count;
    private int _used;
    private string? _streamName;
    private string? _streamArn;

    private PutRequest(int bodyBytes) => _buffer = ArrayPool<byte>.Shared.Rent(bodyBytes + 16);

    public StreamRef Stream => new(_streamName, _streamArn);

    public IReadOnlyList<StreamEntry> Entries => new ArraySegment<StreamEntry>(_entries, 0, _count);

    public static PutRequest ReadMany(ReadOnlyMemory<byte> body) => Read(body, isBatch: true);

    public static PutRequest ReadOne(ReadOnlyMemory<byte> body) => Read(body, isBatch: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<StreamEntry>.Shared.Return(_entries, clearArray: true);
        _entries = [];
        _count = 0;
    }

    private static PutRequest Read(ReadOnlyMemory<byte> body, bool isBatch)
    {
        var request = new PutRequest(body.Length);
        try
        {
            request.Parse(body.Span, isBatch);
            return request;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            request.Dispose();
            throw new AwsException("SerializationException", 400, "the body is not valid JSON: " + failure.Message);
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    private void Parse(ReadOnlySpan<byte> body, bool isBatch)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 8 });
        Expect(ref reader, JsonTokenType.StartObject, "the body must be a JSON object");
        var record = new RecordFields(this, isBatch ? "records.1.member." : "");
        var hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("StreamName"u8))
            {
                _streamName = ReadText(ref reader, "streamName");
            }
            else if (reader.ValueTextEquals("StreamARN"u8))
            {
                _streamArn = ReadText(ref reader, "streamARN");
            }
            else if (isBatch && !hasRecords && reader.ValueTextEquals("Records"u8))
            {
                ReadRecords(ref reader);
                hasRecords = true;
            }
            else if (!isBatch && reader.ValueTextEquals("SequenceNumberForOrdering"u8))
            {
                CheckOrdering(ReadText(ref reader, "sequenceNumberForOrdering"));
            }
            else if (isBatch || !record.TryRead(ref reader))
            {
                Refuse(reader.GetString()!, isBatch ? "PutRecords" : "PutRecord");
            }
        }

        if (isBatch ? !hasRecords : !record.IsComplete)
        {
            throw isBatch ? Violation("null", "records", "Member must not be null") : record.Missing();
        }

        if (!isBatch)
        {
            Add(record.Finish());
        }

        while (reader.Read())
        {
            // Runs over the closing brace and refuses anything after it.
        }
    }

    private void ReadRecords(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "member 'records' must be a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Wrong("a member of 'records' must be a structure");
            }

            var record = new RecordFields(this, $"records.{_count + 1}.member.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!record.TryRead(ref reader))
                {
                    Refuse("Records." + reader.GetString(), "PutRecords");
                }
            }

            if (!record.IsComplete)
            {
                throw record.Missing();
            }

            Add(record.Finish());
        }

        if (_count == 0)
        {
            throw Violation("[]", "records", "Member must have length greater than or equal to 1");
        }
    }

    private void Add(StreamEntry entry)
    {
        if (_count == RecordsMax)
        {
            throw Violation("[...]", "records", $"Member must have length less than or equal to {RecordsMax}");
        }

        _entries[_count++] = entry;
        if (_used > RequestBytesMax)
        {
            throw KinesisErrors.InvalidArgument(
                $"Records size exceeds {RequestBytesMax >> 20} MB limit: data and partition keys of one request");
        }
    }

    internal Memory<byte> Free => _buffer.AsMemory(_used);

    internal Memory<byte> Take(int length)
    {
        var taken = _buffer.AsMemory(_used, length);
        _used += length;
        return taken;
    }

    internal static string? ReadText(ref Utf8JsonReader reader, string at)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw Wrong($"member '{at}' must be a string"),
        };
    }

    internal static AwsException Wrong(string message) => new("SerializationException", 400, message);

    internal static AwsException Violation(string value, string at, string constraint) =>
        Protocol.Json.JsonMembers.Violation($"Value '{value}' at '{at}' failed to satisfy constraint: {constraint}");

    private static void CheckOrdering(string? text)
    {
        if (text is not null && !Primitives.Identity.SequenceNumber.TryParse(text, out _))
        {
            throw KinesisErrors.InvalidArgument($"SequenceNumberForOrdering '{text}' is not a sequence number.");
        }
    }

    private static void Refuse(string member, string operation) => throw new TarnException(
        ErrorKind.Unsupported, $"tarn does not support member '{member}' of kinesis {operation}");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string message)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Wrong(message);
        }
    }
}
