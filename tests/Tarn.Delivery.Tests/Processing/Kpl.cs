using System.Security.Cryptography;
using System.Text;

namespace Tarn.Delivery.Tests.Processing;

/// <summary>Puts records into one as the Kinesis Producer Library does.</summary>
internal static class Kpl
{
    public static readonly byte[] Magic = [0xF3, 0x89, 0x9A, 0xC2];

    public static byte[] Pack(params (string Key, byte[] Data)[] records)
    {
        var keys = records.Select(record => record.Key).Distinct().ToList();
        var message = new List<byte>();
        keys.ForEach(key => message.AddRange(Field(1, Encoding.UTF8.GetBytes(key))));
        message.AddRange(Field(2, "12345"u8.ToArray()));
        foreach (var (key, data) in records)
        {
            message.AddRange(Field(
                3,
                [
                    .. Field(1, (ulong)keys.IndexOf(key)), .. Field(2, 0ul), .. Field(3, data),
                    .. Field(4, Field(1, "tag"u8.ToArray())),
                ]));
        }

        return Seal([.. message]);
    }

    public static byte[] Seal(byte[] message)
    {
#pragma warning disable CA5351 // the format's own check
        return [.. Magic, .. message, .. MD5.HashData(message)];
#pragma warning restore CA5351
    }

    public static byte[] Field(int number, byte[] data) =>
        [.. Varint((ulong)(number << 3) | 2), .. Varint((ulong)data.Length), .. data];

    public static byte[] Field(int number, ulong value) => [.. Varint((ulong)number << 3), .. Varint(value)];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
