using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Avro;

/// <summary>Values in Avro's binary encoding, each behind the number of its branch: 0 null, 1 the type.</summary>
internal static class AvroEncoder
{
    public static void WriteNullable(MemoryStream target, object? value, SqlType type)
    {
        WriteLong(target, value is null ? 0 : 1);
        if (value is not null)
        {
            Write(target, value, type);
        }
    }

    public static void WriteLong(Stream target, long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        while (zigzag >= 0x80)
        {
            target.WriteByte((byte)(zigzag | 0x80));
            zigzag >>= 7;
        }

        target.WriteByte((byte)zigzag);
    }

    public static void WriteBytes(Stream target, ReadOnlySpan<byte> bytes)
    {
        WriteLong(target, bytes.Length);
        target.Write(bytes);
    }

    private static void Write(MemoryStream target, object value, SqlType type)
    {
        switch (value)
        {
            case bool flag:
                target.WriteByte(flag ? (byte)1 : (byte)0);
                break;
            case float number:
                WriteFixed(target, BitConverter.SingleToInt32Bits(number), sizeof(int));
                break;
            case double number:
                WriteFixed(target, BitConverter.DoubleToInt64Bits(number), sizeof(long));
                break;
            case string text when type.Kind != TypeKind.Decimal:
                WriteBytes(target, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                WriteBytes(target, bytes);
                break;
            case DateOnly date:
                WriteLong(target, date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
                break;
            case DateTime moment when type.Kind == TypeKind.Date:
                WriteLong(target, (long)Math.Floor((moment - DateTime.UnixEpoch).TotalDays));
                break;
            case DateTime moment:
                WriteLong(target, (long)Math.Floor((moment - DateTime.UnixEpoch).TotalMilliseconds));
                break;
            default:
                WriteOther(target, value, type);
                break;
        }
    }

    private static void WriteOther(MemoryStream target, object value, SqlType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Decimal:
                WriteBytes(target, Unscaled(value, type.Scale).ToByteArray(isUnsigned: false, isBigEndian: true));
                break;
            case TypeKind.Row:
                var fields = ((IReadOnlyDictionary<string, object?>)value).Values.ToList();
                for (var i = 0; i < fields.Count; i++)
                {
                    WriteNullable(target, fields[i], type.Arguments[i]);
                }

                break;
            case TypeKind.Array:
                WriteItems(
                    target, (ICollection)value, item => WriteNullable(target, item, type.Arguments[0]));
                break;
            case TypeKind.Map:
                WriteItems(target, (ICollection)value, item =>
                {
                    var (key, held) = (KeyValuePair<object, object?>)item!;
                    WriteBytes(target, Encoding.UTF8.GetBytes((string)key));
                    WriteNullable(target, held, type.Arguments[1]);
                });
                break;
            default:
                WriteLong(target, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>One block of all items, then an empty one.</summary>
    private static void WriteItems(MemoryStream target, ICollection items, Action<object?> write)
    {
        if (items.Count > 0)
        {
            WriteLong(target, items.Count);
            foreach (var item in items)
            {
                write(item);
            }
        }

        WriteLong(target, 0);
    }

    private static BigInteger Unscaled(object value, int scale)
    {
        // What .NET's decimal does not hold comes as its text.
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var behind = point < 0 ? 0 : text.Length - point - 1;
        var digits = BigInteger.Parse(
            text.Replace(".", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        return behind <= scale
            ? digits * BigInteger.Pow(10, scale - behind)
            : digits / BigInteger.Pow(10, behind - scale);
    }

    private static void WriteFixed(MemoryStream target, long bits, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bits);
        target.Write(bytes[..size]);
    }
}
