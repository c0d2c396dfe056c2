using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>
/// Writes one vector. Unsafe because its cells are raw memory. Cells that are not written are NULL. The type of each
/// write is checked by its size, so that a faulty function fails its query and nothing else.
/// </summary>
internal sealed unsafe class UnsafeResultVector
{
    private readonly NativeType _type;
    private readonly nint _vector;
    private readonly int _cellBytes;
    private readonly bool _isText;
    private byte* _data;
    private ulong* _validity;
    private int _end;
    private UnsafeResultVector? _child;

    public UnsafeResultVector(NativeType type, nint vector, int start, int end)
    {
        _type = type;
        _vector = vector;
        _isText = type.Id is DuckDBType.Varchar or DuckDBType.Blob;
        _cellBytes = _isText || type.Id == DuckDBType.List ? 0 : type.CellBytes;
        Extend(start, end);
    }

    public int Row { get; set; }

    public void SetNull()
    {
        CheckRow();
        _validity[Row >> 6] &= ~(1UL << (Row & 63));
    }

    public void Set<T>(T value)
        where T : unmanaged
    {
        if (sizeof(T) != _cellBytes)
        {
            throw new InvalidOperationException($"the result has type {_type}");
        }

        Store(value);
    }

    public void SetText(string value)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        try
        {
            SetBytes(buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void SetBytes(ReadOnlySpan<byte> value)
    {
        if (!_isText)
        {
            throw new InvalidOperationException($"the result has type {_type}");
        }

        CheckRow();
        fixed (byte* bytes = value)
        {
            var none = (byte)0;
            var start = value.IsEmpty ? &none : bytes;
            UnsafeImports.UnsafeVectorAssignString(_vector, (ulong)Row, start, (ulong)value.Length);
        }

        _validity[Row >> 6] |= 1UL << (Row & 63);
    }

    /// <summary>Makes this row a list of new elements, and points at the first.</summary>
    public UnsafeResultVector BeginList(int count)
    {
        if (_type.Id != DuckDBType.List)
        {
            throw new InvalidOperationException($"the result has type {_type}");
        }

        var start = (int)UnsafeFunctionImports.ListSize(_vector);
        var end = checked(start + count);
        UnsafeFunctionImports.ListReserve(_vector, (ulong)end);
        UnsafeFunctionImports.ListSetSize(_vector, (ulong)end);
        if (_child is null)
        {
            _child = new UnsafeResultVector(
                _type.Members![0].Type, UnsafeFunctionImports.ListChild(_vector), start, end);
        }
        else
        {
            _child.Extend(start, end);
        }

        Store(((ulong)start, (ulong)count));
        _child.Row = start;
        return _child;
    }

    /// <summary>Growing moves the cells; the new ones are NULL.</summary>
    private void Extend(int start, int end)
    {
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_vector);
        _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(_vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(_vector);
        _end = end;
        for (var row = start; row < end; row++)
        {
            _validity[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    private void Store<T>(T value)
        where T : unmanaged
    {
        CheckRow();
        Unsafe.WriteUnaligned(_data + ((long)Row * sizeof(T)), value);
        _validity[Row >> 6] |= 1UL << (Row & 63);
    }

    private void CheckRow()
    {
        if ((uint)Row >= (uint)_end)
        {
            throw new InvalidOperationException("the vector has no such row");
        }
    }
}
