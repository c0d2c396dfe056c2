using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Avro;

/// <summary>Values without parts, by the type that the file has them in.</summary>
internal static class AvroScalar
{
    private const int MicrosOfMilli = 1000;
    private const int NanosOfMicro = 1000;
    private const int UuidBytes = 16;

    /// <summary>Hands the next value on. Throws Damaged for one that the type cannot hold.</summary>
    /// <param name="from">No union, and one that fits <paramref name="to"/>.</param>
    public static void Read<TSink>(AvroDecoder values, AvroType from, SqlType to, TSink sink)
        where TSink : struct, IValueSink
    {
        switch (from.Kind)
        {
            case AvroKind.Boolean:
                sink.Boolean(values.ReadBoolean());
                break;
            case AvroKind.Int when to.Kind == TypeKind.Date:
                sink.Date(values.ReadInt());
                break;
            case AvroKind.Int:
                Number(values.ReadInt(), to, sink);
                break;
            case AvroKind.Long when to.Kind == TypeKind.Timestamp:
                sink.Timestamp(Micros(values.ReadLong(), from));
                break;
            case AvroKind.Long:
                Number(values.ReadLong(), to, sink);
                break;
            case AvroKind.Float:
                sink.Floating(values.ReadFloat());
                break;
            case AvroKind.Double:
                sink.Floating(values.ReadDouble());
                break;
            case AvroKind.Enum:
                sink.Text(values.ReadSymbol(from));
                break;
            default:
                Bytes(from.Kind == AvroKind.Fixed ? values.ReadFixed(from.Size) : values.ReadBytes(), from, to, sink);
                break;
        }
    }

    public static TarnException Misfit(string value, SqlType type) =>
        new(ErrorKind.Damaged, $"{value} is not a valid {type}");

    private static void Number<TSink>(long value, SqlType to, TSink sink)
        where TSink : struct, IValueSink
    {
        if (to.IsFloating)
        {
            sink.Floating(to.Kind == TypeKind.Real ? (float)value : value);
        }
        else if (Delimited.TextScalar.Fits(value, to.Kind))
        {
            sink.Whole(value);
        }
        else
        {
            throw Misfit(value.ToString(CultureInfo.InvariantCulture), to);
        }
    }

    /// <summary>A long without a logical type counts as milliseconds, as Hive writes them.</summary>
    private static long Micros(long value, AvroType from) => from.Logical switch
    {
        "timestamp-micros" or "local-timestamp-micros" => value,
        "timestamp-nanos" or "local-timestamp-nanos" => (long)Math.Floor((decimal)value / NanosOfMicro),
        _ => Math.Abs(value) <= long.MaxValue / MicrosOfMilli
            ? value * MicrosOfMilli
            : throw Misfit(value.ToString(CultureInfo.InvariantCulture), SqlType.Timestamp),
    };

    private static void Bytes<TSink>(ReadOnlySpan<byte> value, AvroType from, SqlType to, TSink sink)
        where TSink : struct, IValueSink
    {
        if (to.Kind == TypeKind.Decimal)
        {
            Decimal(value, from.Scale, to, sink);
        }
        else if (to.Kind == TypeKind.Varbinary)
        {
            sink.Binary(value);
        }
        else if (from is { Kind: AvroKind.Fixed, Logical: "uuid" })
        {
            sink.Text(value.Length == UuidBytes
                ? Encoding.ASCII.GetBytes(new Guid(value, bigEndian: true).ToString("D"))
                : throw Misfit($"a value of {value.Length} bytes", SqlType.Uuid));
        }
        else if (Utf8.IsValid(value))
        {
            sink.Text(value);
        }
        else
        {
            throw new TarnException(ErrorKind.Damaged, "a text is not UTF-8");
        }
    }

    /// <summary>Of another scale than the column's it is rounded half up.</summary>
    private static void Decimal<TSink>(ReadOnlySpan<byte> value, int scale, SqlType to, TSink sink)
        where TSink : struct, IValueSink
    {
        var unscaled = new BigInteger(value, isUnsigned: false, isBigEndian: true);
        if (scale < to.Scale)
        {
            unscaled *= BigInteger.Pow(10, to.Scale - scale);
        }
        else if (scale > to.Scale)
        {
            var unit = BigInteger.Pow(10, scale - to.Scale);
            var half = unscaled.Sign * (unit / 2);
            unscaled = (unscaled + half) / unit;
        }

        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(10, to.Precision))
        {
            throw Misfit("a decimal", to);
        }

        if (to.Precision <= LineField.NativeDigitsMax)
        {
            sink.Decimal((long)unscaled, to.Scale);
            return;
        }

        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(to.Scale + 1, '0');
        var point = digits.Length - to.Scale;
        var text = (unscaled.Sign < 0 ? "-" : "") + digits[..point] + (to.Scale == 0 ? "" : "." + digits[point..]);
        sink.Decimal(Encoding.ASCII.GetBytes(text));
    }
}
