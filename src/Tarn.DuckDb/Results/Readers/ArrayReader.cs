using DuckDB.NET.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>ARRAY cells: a fixed number of values each, one after another in the child vector.</summary>
internal sealed class ArrayReader(ValueReader child, int size) : ValueReader
{
    public override void Bind(nint vector)
    {
        base.Bind(vector);
        child.Bind(NativeMethods.Vectors.DuckDBArrayVectorGetChild(vector));
    }

    protected override object ReadValue(int row)
    {
        var values = new object?[size];
        for (var index = 0; index < size; index++)
        {
            values[index] = child.Read((row * size) + index);
        }

        return values;
    }
}
