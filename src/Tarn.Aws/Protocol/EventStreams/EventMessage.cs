using System.Buffers;
using System.Buffers.Binary;
using Tarn.Aws.Protocol.Checksums;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>
/// One message of <c>application/vnd.amazon.eventstream</c>
/// (https://smithy.io/2.0/aws/amazon-eventstream.html).
/// </summary>
/// <remarks>
/// Big-endian: total length (4), length of the headers (4), CRC-32 of those eight bytes (4), headers, payload, CRC-32
/// of all before it (4).
/// </remarks>
internal static class EventMessage
{
    private const int PreludeLength = 12;
    private const int ChecksumLength = 4;

    public static void Write(IBufferWriter<byte> to, EventHeaders headers, ReadOnlySpan<byte> payload)
    {
        var names = headers.Encoded.Span;
        Span<byte> prelude = stackalloc byte[PreludeLength];
        var length = PreludeLength + names.Length + payload.Length + ChecksumLength;
        BinaryPrimitives.WriteUInt32BigEndian(prelude, (uint)length);
        BinaryPrimitives.WriteUInt32BigEndian(prelude[4..], (uint)names.Length);
        var crc = Crc.Crc32.Append(Crc.Crc32.Start, prelude[..8]);
        WriteChecksum(prelude[8..], crc);
        crc = Crc.Crc32.Append(crc, prelude[8..]);
        crc = Crc.Crc32.Append(crc, names);
        crc = Crc.Crc32.Append(crc, payload);

        to.Write(prelude);
        to.Write(names);
        to.Write(payload);
        WriteChecksum(prelude, crc);
        to.Write(prelude[..ChecksumLength]);
    }

    private static void WriteChecksum(Span<byte> to, ulong register) =>
        BinaryPrimitives.WriteUInt32BigEndian(to, (uint)(register ^ Crc.Crc32.Start));
}
