using DuckDB.NET.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>MAP cells: a list whose child is a struct of key and value.</summary>
internal sealed class MapReader(ValueReader key, ValueReader value) : ValueReader
{
    public override void Bind(nint vector)
    {
        base.Bind(vector);
        var entries = NativeMethods.Vectors.DuckDBListVectorGetChild(vector);
        key.Bind(NativeMethods.Vectors.DuckDBStructVectorGetChild(entries, 0));
        value.Bind(NativeMethods.Vectors.DuckDBStructVectorGetChild(entries, 1));
    }

    protected override object ReadValue(int row)
    {
        var entry = Vector.Get<ListReader.Entry>(row);
        var pairs = new KeyValuePair<object, object?>[entry.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            var at = (int)entry.Offset + index;
            pairs[index] = new KeyValuePair<object, object?>(key.Read(at)!, value.Read(at));
        }

        return pairs;
    }
}
