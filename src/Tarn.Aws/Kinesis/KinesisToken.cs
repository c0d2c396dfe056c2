using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// A shard iterator or a page token: which shard of which stream, from where, given when. Opaque to clients; eight
/// bytes of SHA-256 tell a mistyped one. It says nothing secret and grants nothing, so it is not signed, and it
/// survives a restart.
/// </summary>
/// <remarks>
/// base64 of: version 1 (1 byte), sequence number (8, LE), issued at in Unix milliseconds (8, LE), stream, stream id
/// and shard id in UTF-8 separated by NUL, check (8).
/// </remarks>
internal sealed record KinesisToken(
    string Stream, string StreamId, string ShardId, SequenceNumber Next, DateTimeOffset IssuedAt)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);

    private const byte Version = 1;
    private const int HeadBytes = 17;
    private const int CheckBytes = 8;

    public static KinesisToken? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)
            || length < HeadBytes + CheckBytes
            || bytes[0] != Version)
        {
            return null;
        }

        var content = bytes.AsSpan(0, length - CheckBytes);
        if (!Check(content).SequenceEqual(bytes.AsSpan(length - CheckBytes, CheckBytes)))
        {
            return null;
        }

        var names = Encoding.UTF8.GetString(content[HeadBytes..]).Split('\0');
        return !StreamRef.IsName(names[0]) ? null : new KinesisToken(
            names[0],
            names[1],
            names[2],
            new SequenceNumber(BinaryPrimitives.ReadUInt64LittleEndian(content[1..])),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content[9..])));
    }

    public override string ToString()
    {
        var names = Encoding.UTF8.GetBytes($"{Stream}\0{StreamId}\0{ShardId}");
        var bytes = new byte[HeadBytes + names.Length + CheckBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Next.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), IssuedAt.ToUnixTimeMilliseconds());
        names.CopyTo(bytes, HeadBytes);
        Check(bytes.AsSpan(0, bytes.Length - CheckBytes)).CopyTo(bytes, bytes.Length - CheckBytes);
        return Convert.ToBase64String(bytes);
    }

    private static byte[] Check(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..CheckBytes];
}
