using System.Buffers.Binary;
using System.Text;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>The headers of an event message, encoded once. All of Tarn's are strings.</summary>
/// <remarks>Per header: name length (1), name, type 7 = string (1), value length (2, BE), value in UTF-8.</remarks>
internal sealed class EventHeaders
{
    private const byte StringType = 7;
    private const int ValueLengthMax = 4096;

    public EventHeaders(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var (name, value) in headers)
        {
            var text = Encoding.UTF8.GetBytes(value.Length <= ValueLengthMax ? value : value[..ValueLengthMax]);
            bytes.WriteByte((byte)name.Length);
            bytes.Write(Encoding.ASCII.GetBytes(name));
            bytes.WriteByte(StringType);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        Encoded = bytes.ToArray();
    }

    public ReadOnlyMemory<byte> Encoded { get; }
}
