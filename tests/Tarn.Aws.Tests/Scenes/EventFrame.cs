using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// A message of an event stream, decoded apart from the server's code: checksums are computed bit by bit.
/// </summary>
internal sealed record EventFrame(IReadOnlyDictionary<string, string> Headers, byte[] Payload)
{
    public string MessageType => Headers[":message-type"];

    /// <summary>The event's or exception's type.</summary>
    public string Type => Headers.GetValueOrDefault(":event-type") ?? Headers[":exception-type"];

    public JsonNode Json => JsonNode.Parse(Payload)!;

    /// <summary>The records' data as text.</summary>
    public IEnumerable<string> Texts => Json["Records"]!.AsArray().Select(record =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!)));

    /// <summary>The next message, or null at the end of the stream.</summary>
    public static async Task<EventFrame?> ReadAsync(Stream stream)
    {
        var prelude = new byte[12];
        var read = await stream.ReadAtLeastAsync(prelude, prelude.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        Assert.Equal(prelude.Length, read);
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(prelude.AsSpan(8)), Crc(prelude.AsSpan(0, 8)));
        var total = BinaryPrimitives.ReadInt32BigEndian(prelude);
        var headersLength = BinaryPrimitives.ReadInt32BigEndian(prelude.AsSpan(4));
        var message = new byte[total];
        prelude.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(prelude.Length));
        Assert.Equal(
            BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(total - 4)), Crc(message.AsSpan(0, total - 4)));

        var headers = message.AsSpan(prelude.Length, headersLength);
        return new EventFrame(ReadHeaders(headers), message[(prelude.Length + headersLength)..(total - 4)]);
    }

    private static Dictionary<string, string> ReadHeaders(ReadOnlySpan<byte> bytes)
    {
        var headers = new Dictionary<string, string>();
        while (!bytes.IsEmpty)
        {
            var name = Encoding.ASCII.GetString(bytes.Slice(1, bytes[0]));
            bytes = bytes[(1 + bytes[0])..];
            Assert.Equal(7, bytes[0]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
            headers.Add(name, Encoding.UTF8.GetString(bytes.Slice(3, length)));
            bytes = bytes[(3 + length)..];
        }

        return headers;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
