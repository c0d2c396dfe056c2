using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.Native;

/// <summary>
/// A view of one DuckDB vector. Unsafe because DuckDB hands out raw pointers; reading them in place costs 40 times less
/// than a call per cell. Valid until its chunk is destroyed; rows must be below the chunk's size.
/// </summary>
internal readonly unsafe struct UnsafeVector(nint vector)
{
    /// <summary>DuckDB keeps strings up to this length inside the 16 bytes of the cell.</summary>
    private const int InlineBytesMax = 12;

    private readonly byte* _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
    private readonly ulong* _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);

    /// <summary>True when it is known to hold no NULL.</summary>
    public bool IsWhole => _validity == null;

    public bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    public T Get<T>(int row)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(_data + ((long)row * sizeof(T)));

    /// <summary>The first cells as they lie there, NULLs and all.</summary>
    public void CopyTo<T>(Span<T> values)
        where T : unmanaged => new ReadOnlySpan<T>(_data, values.Length).CopyTo(values);

    /// <summary>
    /// Bytes of a VARCHAR, BLOB or BIT cell: length (4), then either 12 bytes, or a prefix (4) and a pointer (8).
    /// </summary>
    public ReadOnlySpan<byte> GetBytes(int row)
    {
        var cell = _data + ((long)row * 16);
        var length = *(int*)cell;
        return new ReadOnlySpan<byte>(length <= InlineBytesMax ? cell + 4 : *(byte**)(cell + 8), length);
    }
}
