using System.Text;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>
/// Reads arguments from a chunk's vectors and writes results into the output vector. Unsafe because cells are raw
/// memory: a call into DuckDB for each would cost more than most functions do.
/// </summary>
internal sealed unsafe class UnsafeFunctionRow : FunctionRow
{
    private readonly RegisteredFunction _function;
    private readonly UnsafeListReader?[] _lists;
    private readonly UnsafeVector[] _vectors;
    private readonly nint[] _handles;
    private readonly UnsafeResultVector _result;
    private UnsafeResultVector _target;
    private int _row;

    public UnsafeFunctionRow(RegisteredFunction function, nint input, nint output, int rows)
    {
        _function = function;
        _handles = new nint[UnsafeFunctionImports.ChunkColumns(input)];
        _vectors = new UnsafeVector[_handles.Length];
        _lists = new UnsafeListReader?[_handles.Length];
        for (var index = 0; index < _handles.Length; index++)
        {
            _handles[index] = UnsafeImports.DataChunkGetVector(input, (ulong)index);
            _vectors[index] = new UnsafeVector(_handles[index]);
        }

        _result = new UnsafeResultVector(function.Result, output, 0, rows);
        _target = _result;
    }

    public override int Count => _vectors.Length;

    public void MoveTo(int row)
    {
        _row = row;
        _result.Row = row;
    }

    public bool HasNull()
    {
        foreach (ref readonly var vector in _vectors.AsSpan())
        {
            if (vector.IsNull(_row))
            {
                return true;
            }
        }

        return false;
    }

    public override bool IsNull(int index) => _vectors[index].IsNull(_row);

    public override bool GetBoolean(int index) => Get<byte>(index, 1) != 0;

    public override int GetInt32(int index) => Get<int>(index, 4);

    public override long GetInt64(int index) => Get<long>(index, 8);

    public override Int128 GetInt128(int index) => Get<Int128>(index, 16);

    public override float GetSingle(int index) => Get<float>(index, 4);

    public override double GetDouble(int index) => Get<double>(index, 8);

    public override ReadOnlySpan<byte> GetBytes(int index) =>
        _function.Parameter(index).Id is DuckDBType.Varchar or DuckDBType.Blob
            ? _vectors[index].GetBytes(_row)
            : throw Misread(index);

    public override string GetText(int index) => Encoding.UTF8.GetString(GetBytes(index));

    public override FunctionRow GetList(int index)
    {
        var type = _function.Parameter(index);
        if (type.Id != DuckDBType.List)
        {
            throw Misread(index);
        }

        var list = _lists[index] ??= new UnsafeListReader(
            type.Members![0].Type, UnsafeFunctionImports.ListChild(_handles[index]));
        var (offset, length) = _vectors[index].Get<(ulong, ulong)>(_row);
        list.MoveTo((int)offset, (int)length);
        return list;
    }

    public override void SetNull() => _target.SetNull();

    public override void SetBoolean(bool value) => _target.Set(value ? (byte)1 : (byte)0);

    public override void SetInt32(int value) => _target.Set(value);

    public override void SetInt64(long value) => _target.Set(value);

    public override void SetInt128(Int128 value) => _target.Set(value);

    public override void SetSingle(float value) => _target.Set(value);

    public override void SetDouble(double value) => _target.Set(value);

    public override void SetBytes(ReadOnlySpan<byte> value) => _target.SetBytes(value);

    public override void SetText(string value) => _target.SetText(value);

    public override void SetList(int count, Action<FunctionRow, int> write)
    {
        var outer = _target;
        var elements = outer.BeginList(count);
        try
        {
            _target = elements;
            for (var at = 0; at < count; at++)
            {
                write(this, at);
                elements.Row++;
            }
        }
        finally
        {
            _target = outer;
        }
    }

    private T Get<T>(int index, int bytes)
        where T : unmanaged
    {
        var type = _function.Parameter(index);
        return type.CellBytes == bytes && type.Id is not (DuckDBType.Varchar or DuckDBType.Blob or DuckDBType.List)
            ? _vectors[index].Get<T>(_row)
            : throw Misread(index);
    }

    private InvalidOperationException Misread(int index) =>
        new($"argument {index} of {_function.Function.Name} has type {_function.Parameter(index)}");
}
