using System.Formats.Cbor;
using System.Text.Json;

namespace Tarn.Aws.Protocol.Cbor;

/// <summary>
/// Rewrites a JSON answer that Tarn wrote as the CBOR that means the same, with lengths left open as AWS does. Answers
/// with blobs are written as CBOR by their operations.
/// </summary>
internal static class JsonToCbor
{
    /// <summary>The CBOR; the caller disposes it.</summary>
    public static PooledBuffer Translate(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var writer = new CborWriter(CborConformanceMode.Lax);
        string? member = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                member = reader.GetString()!;
                writer.WriteTextString(member);
            }
            else
            {
                Write(ref reader, writer, member);
            }
        }

        var cbor = new PooledBuffer(writer.BytesWritten);
        cbor.Advance(writer.Encode(cbor.GetSpan()));
        return cbor;
    }

    private static void Write(ref Utf8JsonReader reader, CborWriter writer, string? member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartMap(null);
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndMap();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray(null);
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteTextString(reader.GetString()!);
                break;
            case JsonTokenType.Number when CborTimes.IsTime(member):
                writer.WriteTag(CborTimes.Tag);
                writer.WriteInt64((long)Math.Round(reader.GetDecimal() * 1000));
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var integer):
                writer.WriteInt64(integer);
                break;
            case JsonTokenType.Number:
                writer.WriteDouble(reader.GetDouble());
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBoolean(reader.GetBoolean());
                break;
            default:
                writer.WriteNull();
                break;
        }
    }
}
