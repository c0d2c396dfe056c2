using System.Globalization;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.NativeTables;

/// <summary>A column's type. Width and scale are of DECIMAL only; JSON is a VARCHAR with a name.</summary>
internal readonly record struct NativeType(DuckDBType Id, bool IsJson, byte Width, byte Scale)
{
    /// <summary>Bytes of a cell: DuckDB stores a DECIMAL in the smallest integer that holds its width.</summary>
    public int DecimalBytes => Width <= 4 ? 2 : Width <= 9 ? 4 : 8;

    public override string ToString() => Id switch
    {
        DuckDBType.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        DuckDBType.Varchar when IsJson => "JSON",
        _ => Id.ToString().ToUpperInvariant(),
    };
}
