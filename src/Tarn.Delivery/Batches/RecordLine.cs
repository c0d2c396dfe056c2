using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.Delivery.Suggestions;

namespace Tarn.Delivery.Batches;

/// <summary>
/// Turns a payload into one JSON line. The bytes are kept as they came, but for line ends: exactly one stands at
/// the end and none inside. (Inside a valid JSON text a raw line end can only be space between tokens, so leaving
/// it out changes no value.)
/// </summary>
internal static class RecordLine
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 1000 };

    /// <summary>Null when the payload is one JSON object in valid UTF-8; otherwise why it is not.</summary>
    /// <param name="watch">Sees the object's members.</param>
    public static string? FindFault(ReadOnlySpan<byte> payload, MemberWatch watch)
    {
        if (!Utf8.IsValid(payload))
        {
            return "not valid UTF-8";
        }

        if (FlatObject.Is(payload, watch))
        {
            return null;
        }

        if (payload.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return "empty";
        }

        var reader = new Utf8JsonReader(payload, isFinalBlock: true, new JsonReaderState(ReaderOptions));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "not a JSON object";
            }

            watch.Begin();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                watch.See(ref reader);
                reader.Skip();
            }

            return reader.Read() ? "more than one JSON value" : null;
        }
        catch (JsonException e)
        {
            return $"not JSON: byte {reader.BytesConsumed}: {e.Message}";
        }
    }

    /// <summary>Writes the line of a payload without a fault.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> payload)
    {
        var line = output.GetSpan(payload.Length + 1);
        var written = 0;
        while (!payload.IsEmpty)
        {
            var length = payload.IndexOfAny((byte)'\n', (byte)'\r');
            length = length < 0 ? payload.Length : length;
            payload[..length].CopyTo(line[written..]);
            written += length;
            payload = payload[Math.Min(length + 1, payload.Length)..];
        }

        line[written] = (byte)'\n';
        output.Advance(written + 1);
    }
}
