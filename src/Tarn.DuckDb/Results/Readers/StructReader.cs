using DuckDB.NET.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>STRUCT cells: a child vector per member. The dictionary keeps the members' order.</summary>
internal sealed class StructReader(string[] names, ValueReader[] members) : ValueReader
{
    public override void Bind(nint vector)
    {
        base.Bind(vector);
        for (var index = 0; index < members.Length; index++)
        {
            members[index].Bind(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, index));
        }
    }

    protected override object ReadValue(int row)
    {
        var values = new Dictionary<string, object?>(names.Length, StringComparer.Ordinal);
        for (var index = 0; index < names.Length; index++)
        {
            values[names[index]] = members[index].Read(row);
        }

        return values;
    }
}
