using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// A column of a block in DuckDB's own layout, so that a chunk is filled by copying memory: cells, a bit for each that
/// is not NULL, and for nested types the columns of their parts. Cells are added at the end, one after the other.
/// <code>
/// VARCHAR, BLOB   length (4), then 12 bytes of text, or 4 bytes of it and the address of all (8)
/// LIST, MAP       place of the first element (8), number of elements (8)
/// STRUCT          no cell; as many cells in each field
/// </code>
/// </summary>
internal sealed class ColumnBuffer
{
    private const int InlineBytesMax = 12;
    private const int CellsMin = 64;

    private readonly int _cellBytes;
    private byte[] _cells = [];
    private ulong[] _valid = [];
    private int _capacity;
    private int _nulls;

    public ColumnBuffer(NativeType type)
    {
        Type = type;
        Members = [.. (type.Members ?? []).Select(member => new ColumnBuffer(member.Type))];
        _cellBytes = type.CellBytes;
    }

    public NativeType Type { get; }

    /// <summary>Fields of a STRUCT, the element of a LIST, key and value of a MAP.</summary>
    public ColumnBuffer[] Members { get; }

    public int Count { get; private set; }

    public bool HasNulls => _nulls > 0;

    /// <summary>Bit i is set when cell i is not NULL.</summary>
    public ReadOnlySpan<ulong> Valid => _valid;

    public ReadOnlySpan<byte> Cells => _cells;

    private bool IsList => Type.Id is DuckDBType.List or DuckDBType.Map;

    /// <summary>Where the elements of a list or map begin, and how many they are.</summary>
    public (int Start, int Count) List(int cell)
    {
        var entry = _cells.AsSpan(cell * 16);
        return ((int)MemoryMarshal.Read<ulong>(entry), (int)MemoryMarshal.Read<ulong>(entry[8..]));
    }

    public void AddNull()
    {
        if (IsList)
        {
            WriteList(Members[0].Count);
        }
        else if (Type.Id == DuckDBType.Struct)
        {
            Reserve();
            foreach (var member in Members)
            {
                member.AddNull();
            }
        }
        else
        {
            Reserve();
        }

        _nulls++;
        Count++;
    }

    /// <summary>A value of the type's own size.</summary>
    public void Add<T>(T value)
        where T : unmanaged
    {
        Reserve();
        MemoryMarshal.Write(_cells.AsSpan(Count * _cellBytes, _cellBytes), in value);
        AddValid();
    }

    /// <param name="address">Of the text, which stays where it is as long as the block is in use.</param>
    public void AddText(ReadOnlySpan<byte> text, nint address)
    {
        Reserve();
        var cell = _cells.AsSpan(Count * 16, 16);
        if (text.Length <= InlineBytesMax)
        {
            // Unused bytes of a short text must be zero: DuckDB compares the 16 bytes as a whole.
            cell.Clear();
            text.CopyTo(cell[4..]);
        }
        else
        {
            text[..4].CopyTo(cell[4..]);
            MemoryMarshal.Write(cell[8..], (long)address);
        }

        MemoryMarshal.Write(cell, text.Length);
        AddValid();
    }

    /// <summary>
    /// A list or map of the elements that were added since there were <paramref name="start"/> of them.
    /// </summary>
    public void AddList(int start)
    {
        WriteList(start);
        AddValid();
    }

    /// <summary>A struct whose fields have been added.</summary>
    public void AddStruct()
    {
        Reserve();
        AddValid();
    }

    /// <summary>Takes back all cells from a place on, and what was begun after them.</summary>
    public void Truncate(int count)
    {
        for (var cell = count; cell < Count; cell++)
        {
            var bit = 1UL << cell;
            _nulls -= (_valid[cell >> 6] & bit) == 0 ? 1 : 0;
            _valid[cell >> 6] &= ~bit;
        }

        Count = Math.Min(count, Count);
        var (start, elements) = IsList && Count > 0 ? List(Count - 1) : (0, 0);
        foreach (var member in Members)
        {
            member.Truncate(IsList ? start + elements : Count);
        }
    }

    public void Clear()
    {
        Array.Clear(_valid);
        Count = 0;
        _nulls = 0;
        foreach (var member in Members)
        {
            member.Clear();
        }
    }

    private void AddValid()
    {
        _valid[Count >> 6] |= 1UL << Count;
        Count++;
    }

    private void WriteList(int start)
    {
        Reserve();
        var entry = _cells.AsSpan(Count * 16, 16);
        MemoryMarshal.Write(entry, (ulong)start);
        MemoryMarshal.Write(entry[8..], (ulong)(Members[0].Count - start));
    }

    private void Reserve()
    {
        if (Count == _capacity)
        {
            _capacity = Math.Max(CellsMin, _capacity * 2);
            Array.Resize(ref _cells, checked(_capacity * _cellBytes));
            Array.Resize(ref _valid, _capacity / 64);
        }
    }
}
