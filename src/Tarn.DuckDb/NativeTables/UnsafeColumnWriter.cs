using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Writes into the vectors of the chunk that DuckDB wants filled. Unsafe because the cells are raw memory: a store and
/// a bit per value, where a call into DuckDB for each would cost more than parsing it. Type, column and row of every
/// write are checked, so that a faulty scan fails its query and nothing else. Columns that the query does not read are
/// dropped.
/// </summary>
internal sealed unsafe class UnsafeColumnWriter : ColumnWriter
{
    private const int InlineBytesMax = 12;
    private const int ValidityWords = 2048 / 64;

    private readonly NativeType[] _types;
    private readonly int[] _outputs;
    private readonly Slot[] _slots;

    /// <param name="outputs">For each output vector the table's column, or a number beyond them for none.</param>
    public UnsafeColumnWriter(NativeType[] types, int[] outputs)
    {
        _types = types;
        _outputs = outputs;
        _slots = new Slot[types.Length];
    }

    public override int Capacity => 2048;

    public override bool IsRead(int column) => Array.IndexOf(_outputs, column) >= 0;

    /// <summary>Points at the vectors of a new chunk and makes every cell NULL.</summary>
    public void Bind(nint chunk)
    {
        for (var index = 0; index < _outputs.Length; index++)
        {
            var column = _outputs[index];
            if ((uint)column >= (uint)_slots.Length)
            {
                continue;
            }

            var vector = UnsafeImports.DataChunkGetVector(chunk, (ulong)index);
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
            var validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
            new Span<ulong>(validity, ValidityWords).Clear();
            _slots[column] = new Slot(vector, (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector), validity);
        }
    }

    /// <summary>Lets go of the chunk: a later write would hit memory that is no longer ours.</summary>
    public void Unbind() => Array.Clear(_slots);

    public override void SetNull(int column, int row)
    {
        ref var slot = ref SlotOf(column, row);
        if (slot.Data != null)
        {
            slot.Validity[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    public override void SetBoolean(int column, int row, bool value) => Set(column, row, DuckDBType.Boolean, value);

    public override void SetInt32(int column, int row, int value) => Set(column, row, DuckDBType.Integer, value);

    public override void SetInt64(int column, int row, long value) => Set(column, row, DuckDBType.BigInt, value);

    public override void SetDouble(int column, int row, double value) => Set(column, row, DuckDBType.Double, value);

    public override void SetDate(int column, int row, int daysSinceEpoch) =>
        Set(column, row, DuckDBType.Date, daysSinceEpoch);

    public override void SetTimestamp(int column, int row, long microsSinceEpoch)
    {
        var type = _types[column].Id;
        Set(column, row, type == DuckDBType.TimestampTz ? type : DuckDBType.Timestamp, microsSinceEpoch);
    }

    public override void SetDecimal(int column, int row, long unscaled)
    {
        switch (_types[column].DecimalBytes)
        {
            case 2:
                Set(column, row, DuckDBType.Decimal, checked((short)unscaled));
                break;
            case 4:
                Set(column, row, DuckDBType.Decimal, checked((int)unscaled));
                break;
            default:
                Set(column, row, DuckDBType.Decimal, unscaled);
                break;
        }
    }

    public override void SetUtf8(int column, int row, ReadOnlySpan<byte> value)
    {
        CheckType(column, DuckDBType.Varchar);
        ref var slot = ref SlotOf(column, row);
        if (slot.Data == null)
        {
            return;
        }

        if (value.Length <= InlineBytesMax)
        {
            // Unused bytes of a short string must be zero: DuckDB compares the 16 bytes as a whole.
            var cell = slot.Data + ((long)row * 16);
            Unsafe.WriteUnaligned(cell, (ulong)value.Length);
            Unsafe.WriteUnaligned(cell + 8, 0UL);
            value.CopyTo(new Span<byte>(cell + 4, InlineBytesMax));
        }
        else
        {
            fixed (byte* bytes = value)
            {
                UnsafeImports.UnsafeVectorAssignString(slot.Vector, (ulong)row, bytes, (ulong)value.Length);
            }
        }

        slot.Validity[row >> 6] |= 1UL << (row & 63);
    }

    private void Set<T>(int column, int row, DuckDBType type, T value)
        where T : unmanaged
    {
        CheckType(column, type);
        ref var slot = ref SlotOf(column, row);
        if (slot.Data != null)
        {
            Unsafe.WriteUnaligned(slot.Data + ((long)row * sizeof(T)), value);
            slot.Validity[row >> 6] |= 1UL << (row & 63);
        }
    }

    private ref Slot SlotOf(int column, int row)
    {
        if ((uint)row >= 2048)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, "a chunk has 2,048 rows");
        }

        return ref _slots[column];
    }

    private void CheckType(int column, DuckDBType type)
    {
        if (_types[column].Id != type)
        {
            throw new InvalidOperationException($"column {column} has type {_types[column].Id}, not {type}");
        }
    }

    private readonly struct Slot(nint vector, byte* data, ulong* validity)
    {
        public readonly nint Vector = vector;
        public readonly byte* Data = data;
        public readonly ulong* Validity = validity;
    }
}
