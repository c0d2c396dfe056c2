using System.Text;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>The elements of a list argument. Unsafe as the row itself is; it has no result.</summary>
internal sealed unsafe class UnsafeListReader(NativeType type, nint vector) : FunctionRow
{
    private readonly UnsafeVector _vector = new(vector);
    private UnsafeListReader? _inner;
    private int _offset;
    private int _length;

    public override int Count => _length;

    public void MoveTo(int offset, int length) => (_offset, _length) = (offset, length);

    public override bool IsNull(int index) => _vector.IsNull(At(index));

    public override bool GetBoolean(int index) => Get<byte>(index, 1) != 0;

    public override int GetInt32(int index) => Get<int>(index, 4);

    public override long GetInt64(int index) => Get<long>(index, 8);

    public override Int128 GetInt128(int index) => Get<Int128>(index, 16);

    public override float GetSingle(int index) => Get<float>(index, 4);

    public override double GetDouble(int index) => Get<double>(index, 8);

    public override ReadOnlySpan<byte> GetBytes(int index) => type.Id is DuckDBType.Varchar or DuckDBType.Blob
        ? _vector.GetBytes(At(index))
        : throw Misread();

    public override string GetText(int index) => Encoding.UTF8.GetString(GetBytes(index));

    public override FunctionRow GetList(int index)
    {
        if (type.Id != DuckDBType.List)
        {
            throw Misread();
        }

        _inner ??= new UnsafeListReader(type.Members![0].Type, UnsafeFunctionImports.ListChild(vector));
        var (offset, length) = _vector.Get<(ulong, ulong)>(At(index));
        _inner.MoveTo((int)offset, (int)length);
        return _inner;
    }

    public override void SetNull() => throw NoResult();

    public override void SetBoolean(bool value) => throw NoResult();

    public override void SetInt32(int value) => throw NoResult();

    public override void SetInt64(long value) => throw NoResult();

    public override void SetInt128(Int128 value) => throw NoResult();

    public override void SetSingle(float value) => throw NoResult();

    public override void SetDouble(double value) => throw NoResult();

    public override void SetBytes(ReadOnlySpan<byte> value) => throw NoResult();

    public override void SetText(string value) => throw NoResult();

    public override void SetList(int count, Action<FunctionRow, int> write) => throw NoResult();

    private T Get<T>(int index, int bytes)
        where T : unmanaged =>
        type.CellBytes == bytes && type.Id is not (DuckDBType.Varchar or DuckDBType.Blob or DuckDBType.List)
            ? _vector.Get<T>(At(index))
            : throw Misread();

    private int At(int index) => (uint)index < (uint)_length
        ? _offset + index
        : throw new ArgumentOutOfRangeException(nameof(index), index, "the list is shorter");

    private InvalidOperationException Misread() => new($"the list's elements have type {type}");

    private static InvalidOperationException NoResult() => new("a list argument is only read");
}
