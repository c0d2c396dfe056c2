using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Copies rows of a block into the vectors of a chunk that DuckDB wants filled. Unsafe because the vectors are raw
/// memory: a block of 2,048 cells is one copy, where a setter for each cell would cost more than the Parquet writer.
/// Texts are not copied: their cells point into the block, which stays until DuckDB asks for the next chunk.
/// </summary>
internal static unsafe class UnsafeBlockCopy
{
    public const int RowsMax = 2048;

    /// <summary>Fills a chunk and returns its rows.</summary>
    /// <param name="outputs">For each output vector the table's column, or a number beyond them for none.</param>
    public static int Fill(IBlockScan scan, int[] outputs, nint chunk)
    {
        var slice = scan.Next(RowsMax);
        if ((uint)slice.Count > RowsMax)
        {
            throw new InvalidOperationException($"a scan gave {slice.Count} rows for a chunk of {RowsMax}");
        }

        for (var index = 0; slice.Count > 0 && index < outputs.Length; index++)
        {
            if ((uint)outputs[index] < (uint)slice.Columns.Length)
            {
                var vector = Native.UnsafeImports.DataChunkGetVector(chunk, (ulong)index);
                Copy(slice.Columns[outputs[index]], slice.From, slice.Count, vector);
            }
        }

        return slice.Count;
    }

    private static void Copy(ColumnBuffer source, int from, int count, nint vector)
    {
        if (from + count > source.Count)
        {
            throw new InvalidOperationException($"a column has {source.Count} cells, fewer than {from} + {count}");
        }

        if (source.HasNulls)
        {
            CopyValidity(source.Valid, from, count, vector);
        }

        switch (source.Type.Id)
        {
            case DuckDBType.Struct:
                CopyMembers(source, from, count, vector);
                break;
            case DuckDBType.List or DuckDBType.Map:
                CopyLists(source, from, count, vector);
                break;
            default:
                var bytes = source.Type.CellBytes;
                fixed (byte* cells = source.Cells)
                {
                    var data = Vectors.DuckDBVectorGetData(vector);
                    Unsafe.CopyBlockUnaligned(data, cells + ((long)from * bytes), (uint)(count * bytes));
                }

                break;
        }
    }

    private static void CopyMembers(ColumnBuffer source, int from, int count, nint vector)
    {
        for (var index = 0; index < source.Members.Length; index++)
        {
            Copy(source.Members[index], from, count, Vectors.DuckDBStructVectorGetChild(vector, index));
        }
    }

    /// <summary>The elements of all lists lie one after the other, those of NULL are none.</summary>
    private static void CopyLists(ColumnBuffer source, int from, int count, nint vector)
    {
        var first = source.List(from).Start;
        var last = source.List(from + count - 1);
        var elements = last.Start + last.Count - first;
        var entries = (ulong*)Vectors.DuckDBVectorGetData(vector);
        for (var row = 0; row < count; row++)
        {
            var (start, length) = source.List(from + row);
            entries[row * 2] = (ulong)(start - first);
            entries[(row * 2) + 1] = (ulong)length;
        }

        if (Vectors.DuckDBListVectorReserve(vector, (ulong)elements) != DuckDBState.Success
            || Vectors.DuckDBListVectorSetSize(vector, (ulong)elements) != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB did not make room for {elements} elements");
        }

        if (elements == 0)
        {
            return;
        }

        var child = Vectors.DuckDBListVectorGetChild(vector);
        if (source.Type.Id == DuckDBType.Map)
        {
            CopyMembers(source, first, elements, child);
        }
        else
        {
            Copy(source.Members[0], first, elements, child);
        }
    }

    private static void CopyValidity(ReadOnlySpan<ulong> valid, int from, int count, nint vector)
    {
        Vectors.DuckDBVectorEnsureValidityWritable(vector);
        var target = Vectors.DuckDBVectorGetValidity(vector);
        var (word, shift) = (from >> 6, from & 63);
        for (var index = 0; index < (count + 63) >> 6; index++, word++)
        {
            var bits = valid[word] >> shift;
            if (shift > 0 && word + 1 < valid.Length)
            {
                bits |= valid[word + 1] << (64 - shift);
            }

            target[index] = bits;
        }
    }
}
