using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Tarn.Aws.Protocol.Cbor;

/// <summary>Writes CBOR items straight into an answer, without anything per item (RFC 8949, section 3).</summary>
internal static class CborOutput
{
    private const int HeadLengthMax = 9;
    private const int DigitsMax = 20;

    public static void Map(PooledBuffer to, int members) => Head(to, 5, (ulong)members);

    public static void List(PooledBuffer to, int items) => Head(to, 4, (ulong)items);

    /// <summary>A whole number of at least 0.</summary>
    public static void Number(PooledBuffer to, ulong value) => Head(to, 0, value);

    public static void Text(PooledBuffer to, ReadOnlySpan<byte> utf8)
    {
        Head(to, 3, (ulong)utf8.Length);
        to.Append(utf8);
    }

    public static void Text(PooledBuffer to, string text)
    {
        Head(to, 3, (ulong)Encoding.UTF8.GetByteCount(text));
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    /// <summary>A number as text, as sequence numbers are.</summary>
    public static void Digits(PooledBuffer to, ulong value)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        Utf8Formatter.TryFormat(value, digits, out var length);
        Text(to, digits[..length]);
    }

    public static void Blob(PooledBuffer to, ReadOnlySpan<byte> bytes)
    {
        Head(to, 2, (ulong)bytes.Length);
        to.Append(bytes);
    }

    /// <summary>As <see cref="CborTimes"/> says.</summary>
    public static void Time(PooledBuffer to, DateTimeOffset time)
    {
        Head(to, 6, (ulong)CborTimes.Tag);
        Head(to, 0, (ulong)time.ToUnixTimeMilliseconds());
    }

    private static void Head(PooledBuffer to, int major, ulong value)
    {
        var span = to.GetSpan(HeadLengthMax);
        var kind = (byte)(major << 5);
        switch (value)
        {
            case < 24:
                span[0] = (byte)(kind | (byte)value);
                to.Advance(1);
                break;
            case <= byte.MaxValue:
                span[0] = (byte)(kind | 24);
                span[1] = (byte)value;
                to.Advance(2);
                break;
            case <= ushort.MaxValue:
                span[0] = (byte)(kind | 25);
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)value);
                to.Advance(3);
                break;
            case <= uint.MaxValue:
                span[0] = (byte)(kind | 26);
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                to.Advance(5);
                break;
            default:
                span[0] = (byte)(kind | 27);
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                to.Advance(HeadLengthMax);
                break;
        }
    }
}
