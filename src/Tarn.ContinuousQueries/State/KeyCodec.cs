using System.Buffers.Binary;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// A group key as bytes: per column 0 for NULL, or 1 and the value: eight bytes little endian (a double by its
/// bits, with one zero and one NaN), or four bytes of length and UTF-8. Equal keys have equal bytes. The layout is
/// stored in snapshots.
/// </summary>
internal sealed class KeyCodec(IReadOnlyList<CellType> types)
{
    private byte[] _buffer = new byte[256];

    /// <summary>The key of a batch's row, valid until the next call. Its columns are the batch's first.</summary>
    /// <param name="number">The last column of a row that is kept, which the batch does not have.</param>
    public ReadOnlySpan<byte> Encode(ColumnBatch batch, int row, long? number)
    {
        var used = 0;
        var count = number is null ? types.Count : types.Count - 1;
        for (var i = 0; i < count; i++)
        {
            var column = batch.Columns[i];
            var text = types[i].IsText && !column.IsNull(row) ? column.Text(row) : default;
            Reserve(used + 9 + text.Length);
            if (column.IsNull(row))
            {
                _buffer[used++] = 0;
                continue;
            }

            _buffer[used++] = 1;
            if (types[i].IsText)
            {
                BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(used), text.Length);
                text.CopyTo(_buffer.AsSpan(used + 4));
                used += 4 + text.Length;
            }
            else
            {
                var bits = types[i].IsDouble ? BitsOf(column.Double(row)) : column.Long(row);
                BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(used), bits);
                used += 8;
            }
        }

        if (number is { } last)
        {
            Reserve(used + 9);
            _buffer[used] = 1;
            BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(used + 1), last);
            used += 9;
        }

        return _buffer.AsSpan(0, used);
    }

    /// <summary>Where a column lies in a key: the byte that says whether it is NULL.</summary>
    public int OffsetOf(ReadOnlySpan<byte> key, int column)
    {
        var at = 0;
        for (var i = 0; i < column; i++)
        {
            at += LengthAt(key, at, i);
        }

        return at;
    }

    /// <summary>A column's value that is a number or a time; it must not be NULL.</summary>
    public long LongAt(ReadOnlySpan<byte> key, int column) =>
        BinaryPrimitives.ReadInt64LittleEndian(key[(OffsetOf(key, column) + 1)..]);

    /// <summary>Replaces the value of a column that is a number or a time and is not NULL.</summary>
    public void SetLong(Span<byte> key, int column, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(key[(OffsetOf(key, column) + 1)..], value);

    private int LengthAt(ReadOnlySpan<byte> key, int at, int column) => key[at] == 0 ? 1
        : types[column].IsText ? 5 + BinaryPrimitives.ReadInt32LittleEndian(key[(at + 1)..]) : 9;

    /// <summary>Writes a key's columns, beginning at column 0.</summary>
    public void Write(ColumnWriter writer, int row, ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < types.Count; i++)
        {
            var valid = key[0] != 0;
            key = key[1..];
            if (!valid)
            {
                continue;
            }

            if (types[i].IsText)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(key);
                writer.SetUtf8(i, row, key.Slice(4, length));
                key = key[(4 + length)..];
                continue;
            }

            var bits = BinaryPrimitives.ReadInt64LittleEndian(key);
            key = key[8..];
            if (types[i].IsDouble)
            {
                writer.SetDouble(i, row, BitConverter.Int64BitsToDouble(bits));
            }
            else
            {
                CellWriter.Write(writer, i, row, bits, types[i]);
            }
        }
    }

    /// <summary>A double by its bits, with one zero and one NaN.</summary>
    internal static long BitsOf(double value) =>
        BitConverter.DoubleToInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value);

    private void Reserve(int needed)
    {
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }
    }
}
