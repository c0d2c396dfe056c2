using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Tarn.Formats.Avro;

/// <summary>Defaults of fields, which schemas write as JSON, in Avro's binary encoding.</summary>
internal static class AvroDefault
{
    /// <summary>Throws InvalidOperationException or FormatException for a value that is not of the type.</summary>
    public static byte[] Encode(AvroType type, JsonElement value)
    {
        using var target = new MemoryStream();
        Write(target, type, value);
        return target.ToArray();
    }

    private static void Write(MemoryStream target, AvroType type, JsonElement value)
    {
        switch (type.Kind)
        {
            case AvroKind.Null:
                break;
            case AvroKind.Boolean:
                target.WriteByte(value.GetBoolean() ? (byte)1 : (byte)0);
                break;
            case AvroKind.Int or AvroKind.Long:
                Long(target, value.GetInt64());
                break;
            case AvroKind.Float:
                Fixed(target, BitConverter.SingleToInt32Bits(value.GetSingle()), sizeof(float));
                break;
            case AvroKind.Double:
                Fixed(target, BitConverter.DoubleToInt64Bits(value.GetDouble()), sizeof(double));
                break;
            case AvroKind.Bytes or AvroKind.Fixed:
                // Each character stands for a byte.
                Sized(target, Encoding.Latin1.GetBytes(value.GetString()!), type.Kind == AvroKind.Bytes);
                break;
            case AvroKind.String:
                Sized(target, Encoding.UTF8.GetBytes(value.GetString()!), isSized: true);
                break;
            case AvroKind.Enum:
                var symbol = Encoding.UTF8.GetBytes(value.GetString()!);
                Long(target, type.Symbols.ToList().FindIndex(known => known.AsSpan().SequenceEqual(symbol)));
                break;
            default:
                WriteNested(target, type, value);
                break;
        }
    }

    private static void WriteNested(MemoryStream target, AvroType type, JsonElement value)
    {
        switch (type.Kind)
        {
            case AvroKind.Union:
                // A union's default is one of its first branch.
                Long(target, 0);
                Write(target, type.Parts[0], value);
                break;
            case AvroKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Long(target, 1);
                    Write(target, type.Parts[0], item);
                }

                Long(target, 0);
                break;
            case AvroKind.Map:
                foreach (var member in value.EnumerateObject())
                {
                    Long(target, 1);
                    Sized(target, Encoding.UTF8.GetBytes(member.Name), isSized: true);
                    Write(target, type.Parts[0], member.Value);
                }

                Long(target, 0);
                break;
            default:
                foreach (var field in type.Fields)
                {
                    if (value.TryGetProperty(field.Name, out var own))
                    {
                        Write(target, field.Type, own);
                    }
                    else
                    {
                        target.Write(field.Default
                            ?? throw new FormatException($"the default has no field '{field.Name}'"));
                    }
                }

                break;
        }
    }

    private static void Long(MemoryStream target, long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        while (zigzag >= 0x80)
        {
            target.WriteByte((byte)(zigzag | 0x80));
            zigzag >>= 7;
        }

        target.WriteByte((byte)zigzag);
    }

    private static void Sized(MemoryStream target, byte[] bytes, bool isSized)
    {
        if (isSized)
        {
            Long(target, bytes.Length);
        }

        target.Write(bytes);
    }

    private static void Fixed(MemoryStream target, long bits, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bits);
        target.Write(bytes[..size]);
    }
}
