using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>LIST cells: an offset and a length (8 bytes each) into the child vector.</summary>
internal sealed class ListReader(ValueReader child) : ValueReader
{
    public override void Bind(nint vector)
    {
        base.Bind(vector);
        child.Bind(NativeMethods.Vectors.DuckDBListVectorGetChild(vector));
    }

    protected override object ReadValue(int row)
    {
        var entry = Vector.Get<Entry>(row);
        var values = new object?[entry.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = child.Read((int)entry.Offset + index);
        }

        return values;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Entry
    {
        public readonly long Offset;
        public readonly long Length;
    }
}
