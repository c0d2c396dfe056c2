using System.Buffers.Binary;
using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Avro;

/// <summary>Takes values off a stretch of bytes, one after another. Throws Damaged when they end early.</summary>
public sealed class AvroDecoder
{
    /// <summary>Values within values; what is deeper is damage, or a trap.</summary>
    private const int DepthMax = 200;

    /// <summary>Items that take no byte may be more than bytes are left, but not this many more.</summary>
    private const int EmptyItemsMax = 1 << 16;

    private const int VarintBytesMax = 10;

    private byte[] _bytes = [];
    private int _at;
    private int _end;

    public bool IsAtEnd => _at == _end;

    public void Reset(byte[] bytes, int count)
    {
        _bytes = bytes;
        _at = 0;
        _end = count;
    }

    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Damaged($"a boolean is {other}"),
    };

    public long ReadLong()
    {
        var value = 0UL;
        for (var i = 0; i < VarintBytesMax; i++)
        {
            if (_at == _end)
            {
                break;
            }

            var part = _bytes[_at++];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Damaged("a number does not end");
    }

    public int ReadInt() => ReadLong() is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw Damaged("an int has more than 32 bits");

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Bytes or a string; good as long as the stretch is.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLong());

    public ReadOnlySpan<byte> ReadFixed(int size) => Take(size);

    /// <summary>The branch of a union that the value is of.</summary>
    public AvroType ReadBranch(AvroType union) => Choose(union.Parts, "branch");

    public ReadOnlySpan<byte> ReadSymbol(AvroType type) => Choose(type.Symbols, "symbol");

    /// <summary>
    /// The number of items that follow in an array or map; after them it is to be read again, until 0.
    /// </summary>
    public long ReadCount()
    {
        var count = ReadLong();
        if (count < 0)
        {
            // Then the bytes of the items follow, for those who skip them.
            ReadLong();
            count = -count;
        }

        return count >= 0 && count <= _end - _at + EmptyItemsMax
            ? count
            : throw Damaged(string.Create(CultureInfo.InvariantCulture, $"{count} items do not fit"));
    }

    public void Skip(AvroType type) => Skip(type, depth: 0);

    private void Skip(AvroType type, int depth)
    {
        if (depth > DepthMax)
        {
            throw Damaged($"values are nested more than {DepthMax} deep");
        }

        switch (type.Kind)
        {
            case AvroKind.Null:
                break;
            case AvroKind.Boolean:
                Take(1);
                break;
            case AvroKind.Int or AvroKind.Long or AvroKind.Enum:
                ReadLong();
                break;
            case AvroKind.Float:
                Take(sizeof(float));
                break;
            case AvroKind.Double:
                Take(sizeof(double));
                break;
            case AvroKind.Bytes or AvroKind.String:
                ReadBytes();
                break;
            case AvroKind.Fixed:
                Take(type.Size);
                break;
            case AvroKind.Union:
                Skip(ReadBranch(type), depth + 1);
                break;
            case AvroKind.Record:
                foreach (var field in type.Fields)
                {
                    Skip(field.Type, depth + 1);
                }

                break;
            default:
                SkipItems(type, depth);
                break;
        }
    }

    private void SkipItems(AvroType type, int depth)
    {
        for (var count = ReadLong(); count != 0; count = ReadLong())
        {
            if (count < 0)
            {
                Take(ReadLong());
                continue;
            }

            for (var item = 0L; item < count; item++)
            {
                if (type.Kind == AvroKind.Map)
                {
                    ReadBytes();
                }

                Skip(type.Parts[0], depth + 1);
            }
        }
    }

    private T Choose<T>(IReadOnlyList<T> choices, string what)
    {
        var index = ReadLong();
        return index >= 0 && index < choices.Count
            ? choices[(int)index]
            : throw Damaged(string.Create(CultureInfo.InvariantCulture, $"there is no {what} {index}"));
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _end - _at)
        {
            throw Damaged("a value ends early");
        }

        var taken = _bytes.AsSpan(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private static TarnException Damaged(string what) => new(ErrorKind.Damaged, "the Avro data is damaged: " + what);
}
