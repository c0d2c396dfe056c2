using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Tarn.Aws.Protocol.Checksums;

namespace Tarn.Aws.Protocol;

/// <summary>
/// Undoes Content-Encoding: gzip, up to a bound, so that a few bytes cannot become gigabytes. The signature covers the
/// bytes as they were sent and is checked before. One gzip member, whole: GZipStream takes one that is cut off for a
/// short one, so checksum and length at its end are compared here.
/// </summary>
internal static class GzipBody
{
    /// <summary>Of the smallest gzip member: header and trailer around an empty block.</summary>
    private const int LengthMin = 20;

    /// <summary>The plain body; the caller disposes it.</summary>
    /// <param name="tooLargeCode">The error when it is larger than <paramref name="bytesMax"/>.</param>
    public static PooledBuffer Inflate(ReadOnlyMemory<byte> body, int bytesMax, string tooLargeCode)
    {
        if (body.Length < LengthMin || !MemoryMarshal.TryGetArray(body, out var array))
        {
            throw Malformed("it is too short");
        }

        var plain = new PooledBuffer(Math.Min(bytesMax, body.Length * 4));
        try
        {
            using var sent = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
            using var gzip = new GZipStream(sent, CompressionMode.Decompress);
            while (gzip.Read(plain.GetSpan()) is var count and > 0)
            {
                plain.Advance(count);
                if (plain.Written.Length > bytesMax)
                {
                    throw new AwsException(
                        tooLargeCode,
                        413,
                        $"the request body is larger than the {bytesMax} bytes that this operation takes");
                }
            }

            CheckEnd(body.Span[^8..], plain.Written.Span);
            return plain;
        }
        catch (Exception failure)
        {
            plain.Dispose();
            if (failure is InvalidDataException)
            {
                throw Malformed(failure.Message);
            }

            throw;
        }
    }

    private static void CheckEnd(ReadOnlySpan<byte> end, ReadOnlySpan<byte> plain)
    {
        var crc = (uint)(Crc.Crc32.Append(Crc.Crc32.Start, plain) ^ Crc.Crc32.Start);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != crc
            || BinaryPrimitives.ReadUInt32LittleEndian(end[4..]) != (uint)plain.Length)
        {
            throw Malformed("checksum or length at its end are not those of what it holds");
        }
    }

    private static AwsException Malformed(string message) =>
        new("SerializationException", 400, "the body is not valid gzip: " + message);
}
