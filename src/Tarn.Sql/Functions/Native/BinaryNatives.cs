using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Hashes and encodings of binaries.</summary>
internal static class BinaryNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_sha512", (byte[] data) => SHA512.HashData(data)),
        Define.Of("tarn_hmac_md5", (byte[] data, byte[] key) => Keyed(key, () => Md5(key, data))),
        Define.Of("tarn_hmac_sha1", (byte[] data, byte[] key) => Keyed(key, () => Sha1(key, data))),
        Define.Of("tarn_hmac_sha256", (byte[] data, byte[] key) => Keyed(key, () => HMACSHA256.HashData(key, data))),
        Define.Of("tarn_hmac_sha512", (byte[] data, byte[] key) => Keyed(key, () => HMACSHA512.HashData(key, data))),
        Define.Of("tarn_crc32", (byte[] data) => (long)Checksums.Crc32(data)),
        Define.Of("tarn_xxhash64", (byte[] data) => BigEndian((long)Checksums.XxHash64(data))),
        Define.Of("tarn_murmur3", (byte[] data) => Murmur3.Hash128(data)),
        Define.Of("tarn_spooky32", (byte[] data) => BigEndian((int)SpookyHash.Hash64(data))),
        Define.Of("tarn_spooky64", (byte[] data) => BigEndian((long)SpookyHash.Hash64(data))),
        Define.Of("tarn_to_base32", (byte[] data) => Base32.Encode(data)),
        Define.Of("tarn_from_base32", (string text) => Base32.Decode(text)),
        Define.Of("tarn_to_base64url", (byte[] data) => Convert.ToBase64String(data).Replace('+', '-')
            .Replace('/', '_')),
        Define.Of("tarn_from_base64", (string text) => FromBase64(text)),
        Define.Of("tarn_from_base64url", (string text) => FromBase64(text.Replace('-', '+').Replace('_', '/'))),
        Define.Of("tarn_from_hex", (string text) => FromHex(text)),
        Define.Of("tarn_to_big_endian_32", (int value) => BigEndian(value)),
        Define.Of("tarn_to_big_endian_64", (long value) => BigEndian(value)),
        Define.Of("tarn_from_big_endian_32", (byte[] data) => BinaryPrimitives.ReadInt32BigEndian(Sized(data, 4))),
        Define.Of("tarn_from_big_endian_64", (byte[] data) => BinaryPrimitives.ReadInt64BigEndian(Sized(data, 8))),
        Define.Of("tarn_to_ieee754_32", (float value) => BigEndian(BitConverter.SingleToInt32Bits(value))),
        Define.Of("tarn_to_ieee754_64", (double value) => BigEndian(BitConverter.DoubleToInt64Bits(value))),
        Define.Of("tarn_from_ieee754_32", (byte[] data) => BinaryPrimitives.ReadSingleBigEndian(Ieee(data, 4))),
        Define.Of("tarn_from_ieee754_64", (byte[] data) => BinaryPrimitives.ReadDoubleBigEndian(Ieee(data, 8))),
        Define.Of("tarn_lpad_blob", (byte[] data, long size, byte[] with) => Pad(data, size, with, isLeft: true)),
        Define.Of("tarn_rpad_blob", (byte[] data, long size, byte[] with) => Pad(data, size, with, isLeft: false)),
        Define.Of("tarn_substr_blob", (byte[] data, long start, long length) => Part(data, start, length)),
        Define.Of("tarn_reverse_blob", (byte[] data) => data.Reverse().ToArray()),
    ];

    // HMAC of MD5 and SHA-1 is what the functions of these names are.
#pragma warning disable CA5350, CA5351
    private static byte[] Md5(byte[] key, byte[] data) => HMACMD5.HashData(key, data);

    private static byte[] Sha1(byte[] key, byte[] data) => HMACSHA1.HashData(key, data);
#pragma warning restore CA5350, CA5351

    private static byte[] Keyed(byte[] key, Func<byte[]> hash) =>
        key.Length > 0 ? hash() : throw Define.Invalid("Empty key");

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Sized(byte[] data, int length) => data.Length == length
        ? data
        : throw Define.Invalid($"expected {length}-byte input, but got instead: {data.Length}");

    private static byte[] Ieee(byte[] data, int length) => data.Length == length
        ? data
        : throw Define.Invalid($"Input floating-point value must be exactly {length} bytes long");

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            throw Define.Invalid($"'{text}' is not Base64");
        }
    }

    private static byte[] FromHex(string text)
    {
        if (text.Length % 2 != 0)
        {
            throw Define.Invalid("expected input of even length, but got instead: " + text.Length);
        }

        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw Define.Invalid($"invalid hexadecimal text: '{text}'");
        }
    }

    private static byte[] Pad(byte[] data, long size, byte[] with, bool isLeft)
    {
        if (size is < 0 or > int.MaxValue)
        {
            throw Define.Invalid("Target length must be in the range [0..2147483647]");
        }

        if (with.Length == 0)
        {
            throw Define.Invalid("Padding bytes must not be empty");
        }

        if (size <= data.Length)
        {
            return data[..(int)size];
        }

        var padding = Enumerable.Range(0, (int)size - data.Length).Select(i => with[i % with.Length]);
        return isLeft ? [.. padding, .. data] : [.. data, .. padding];
    }

    /// <summary>From 1, or from the end for a negative start.</summary>
    private static byte[] Part(byte[] data, long start, long length)
    {
        var first = start > 0 ? start - 1 : data.Length + start;
        return start == 0 || first < 0 || first >= data.Length || length <= 0
            ? []
            : data.AsSpan((int)first, (int)Math.Min(length, data.Length - first)).ToArray();
    }
}
