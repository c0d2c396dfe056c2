using System.Globalization;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.NativeTables;

/// <summary>A column's type. JSON is a VARCHAR with a name.</summary>
/// <param name="Width">Digits of a DECIMAL; the most characters of a VARCHAR, 0 for any number.</param>
/// <param name="Scale">Of DECIMAL only.</param>
/// <param name="Members">Fields of a STRUCT, the element of a LIST, key and value of a MAP; null of the others.</param>
internal readonly record struct NativeType(
    DuckDBType Id, bool IsJson, int Width, byte Scale, NativeMember[]? Members = null)
{
    /// <summary>Bytes of a cell: DuckDB stores a DECIMAL in the smallest integer that holds its width.</summary>
    public int DecimalBytes => Width switch
    {
        <= 4 => 2,
        <= 9 => 4,
        <= 18 => 8,
        _ => 16,
    };

    /// <summary>Bytes of a cell of any type; 0 of a STRUCT, which has only its fields.</summary>
    public int CellBytes => Id switch
    {
        DuckDBType.Boolean or DuckDBType.TinyInt => 1,
        DuckDBType.SmallInt => 2,
        DuckDBType.Integer or DuckDBType.Float or DuckDBType.Date => 4,
        DuckDBType.BigInt or DuckDBType.Double or DuckDBType.Timestamp or DuckDBType.TimestampTz => 8,
        DuckDBType.Decimal => DecimalBytes,
        DuckDBType.Struct => 0,
        _ => 16,
    };

    public override string ToString() => Id switch
    {
        DuckDBType.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        DuckDBType.Varchar when IsJson => "JSON",
        DuckDBType.Varchar when Width > 0 => string.Create(CultureInfo.InvariantCulture, $"VARCHAR({Width})"),
        DuckDBType.List => Members![0].Type + "[]",
        DuckDBType.Map => $"MAP({Members![0].Type}, {Members[1].Type})",
        DuckDBType.Struct => $"STRUCT({string.Join(", ", Members!.Select(member => member.ToString()))})",
        _ => Id.ToString().ToUpperInvariant(),
    };
}
