namespace Tarn.DuckDb.NativeTables;

/// <summary>A part of a nested type.</summary>
internal sealed record NativeMember(string Name, NativeType Type)
{
    public override string ToString() =>
        "\"" + Name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\" " + Type;
}
