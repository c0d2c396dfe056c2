using DuckDB.NET.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>UNION cells: a struct whose first member is the tag of the member that is set.</summary>
internal sealed class UnionReader(ValueReader[] members) : ValueReader
{
    private readonly ScalarReader<byte> _tag = new(value => value);

    public override void Bind(nint vector)
    {
        base.Bind(vector);
        _tag.Bind(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, 0));
        for (var index = 0; index < members.Length; index++)
        {
            members[index].Bind(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, index + 1));
        }
    }

    protected override object? ReadValue(int row) => _tag.Read(row) is byte tag ? members[tag].Read(row) : null;
}
