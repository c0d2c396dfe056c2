using System.Numerics;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.Results.Readers;

namespace Tarn.DuckDb.Results;

/// <summary>
/// The vectors of a chunk. Unsafe in that it hands out memory of DuckDB: <see cref="NativeResult"/> binds it to each
/// chunk in turn and unbinds it before the chunk is destroyed, so that a late read fails instead of reading what is no
/// longer there.
/// </summary>
internal sealed class UnsafeResultChunk : ResultChunk
{
    private readonly DuckDBType[] _types;
    private readonly UnsafeResultChunk?[] _items;
    private readonly UnsafeVector[] _vectors;
    private int _count;

    private UnsafeResultChunk(int columns)
    {
        _types = new DuckDBType[columns];
        _items = new UnsafeResultChunk?[columns];
        _vectors = new UnsafeVector[columns];
    }

    public override int Count => _count;

    /// <param name="typeOf">The type of a column; the caller's to dispose of.</param>
    public static UnsafeResultChunk Of(int columns, Func<int, DuckDBLogicalType> typeOf)
    {
        var chunk = new UnsafeResultChunk(columns);
        for (var column = 0; column < columns; column++)
        {
            using var type = typeOf(column);
            chunk._types[column] = StoredType(type);
            chunk._items[column] = chunk._types[column] != DuckDBType.List ? null
                : Of(1, _ => NativeMethods.LogicalType.DuckDBListTypeChildType(type));
        }

        return chunk;
    }

    public void Bind(DuckDBDataChunk chunk, int count)
    {
        for (var column = 0; column < _vectors.Length; column++)
        {
            Bind(column, NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column));
        }

        _count = count;
    }

    public void Unbind()
    {
        foreach (var items in _items)
        {
            items?.Unbind();
        }

        Array.Clear(_vectors);
        _count = 0;
    }

    public override void CopyValidity(int column, Span<bool> valid)
    {
        var vector = Vector(column, valid.Length);
        if (vector.IsWhole)
        {
            valid.Fill(true);
            return;
        }

        for (var row = 0; row < valid.Length; row++)
        {
            valid[row] = !vector.IsNull(row);
        }
    }

    public override void CopyWholes(int column, Span<long> values)
    {
        var vector = Vector(column, values.Length);
        switch (_types[column])
        {
            case DuckDBType.BigInt or DuckDBType.Timestamp or DuckDBType.TimestampTz:
                vector.CopyTo(values);
                ClearNulls(vector, values);
                break;
            case DuckDBType.Integer or DuckDBType.Date:
                Widen<int>(vector, values);
                break;
            case DuckDBType.SmallInt:
                Widen<short>(vector, values);
                break;
            case DuckDBType.TinyInt:
                Widen<sbyte>(vector, values);
                break;
            case DuckDBType.Boolean or DuckDBType.UnsignedTinyInt:
                Widen<byte>(vector, values);
                break;
            case DuckDBType.UnsignedSmallInt:
                Widen<ushort>(vector, values);
                break;
            case DuckDBType.UnsignedInteger:
                Widen<uint>(vector, values);
                break;
            default:
                throw Misread(column, "whole numbers");
        }
    }

    public override void CopyDoubles(int column, Span<double> values)
    {
        var vector = Vector(column, values.Length);
        switch (_types[column])
        {
            case DuckDBType.Double:
                vector.CopyTo(values);
                break;
            case DuckDBType.Float:
                for (var row = 0; row < values.Length; row++)
                {
                    values[row] = vector.Get<float>(row);
                }

                break;
            default:
                throw Misread(column, "floating-point numbers");
        }

        ClearNulls(vector, values);
    }

    public override ReadOnlySpan<byte> Utf8(int column, int row)
    {
        if (_types[column] != DuckDBType.Varchar)
        {
            throw Misread(column, "text");
        }

        var vector = Vector(column, row + 1);
        return vector.IsNull(row) ? default : vector.GetBytes(row);
    }

    public override void CopyLists(int column, Span<(int First, int Count)> lists)
    {
        _ = ItemsOf(column);
        var vector = Vector(column, lists.Length);
        for (var row = 0; row < lists.Length; row++)
        {
            var place = vector.IsNull(row) ? default : vector.Get<ListReader.Entry>(row);
            lists[row] = ((int)place.Offset, (int)place.Length);
        }
    }

    public override ResultChunk Items(int column) => ItemsOf(column);

    /// <summary>What a column's cells hold: its type, of a DECIMAL the integer behind it.</summary>
    private static DuckDBType StoredType(DuckDBLogicalType type) =>
        NativeMethods.LogicalType.DuckDBGetTypeId(type) is var id && id == DuckDBType.Decimal
            ? NativeMethods.LogicalType.DuckDBDecimalInternalType(type)
            : id;

    private void Bind(int column, nint vector)
    {
        _vectors[column] = new UnsafeVector(vector);
        if (_items[column] is { } items)
        {
            items.Bind(0, NativeMethods.Vectors.DuckDBListVectorGetChild(vector));
            items._count = (int)NativeMethods.Vectors.DuckDBListVectorGetSize(vector);
        }
    }

    private UnsafeResultChunk ItemsOf(int column) => _items[column] ?? throw Misread(column, "a list");

    private static void Widen<T>(UnsafeVector vector, Span<long> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = long.CreateTruncating(vector.Get<T>(row));
        }

        ClearNulls(vector, values);
    }

    /// <summary>What lies in the cell of a NULL is left over from anything.</summary>
    private static void ClearNulls<T>(UnsafeVector vector, Span<T> values)
        where T : unmanaged
    {
        for (var row = 0; !vector.IsWhole && row < values.Length; row++)
        {
            values[row] = vector.IsNull(row) ? default : values[row];
        }
    }

    private UnsafeVector Vector(int column, int rows) => rows <= _count
        ? _vectors[column]
        : throw new ArgumentOutOfRangeException(nameof(rows), rows, $"the chunk has {_count} rows");

    private InvalidOperationException Misread(int column, string wanted) =>
        new($"column {column} holds {_types[column]} and not {wanted}");
}
