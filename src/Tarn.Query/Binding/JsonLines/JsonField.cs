using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// A column of a JSON table: the cell that a line is parsed into, and the DuckDB expression that makes it the type.
/// Types without a cell go through text: wide decimals as digits, values with parts as JSON in the form of
/// <see cref="JsonNested"/>, bytes as <see cref="BinaryText"/>.
/// </summary>
internal sealed record JsonField(string Name, SqlType Type)
{
    public const int NativeDigitsMax = 18;

    public bool IsNested => Type.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

    public DuckDbColumn Column => new(Name, NativeType);

    public string NativeType => Type.Kind switch
    {
        TypeKind.TinyInt or TypeKind.SmallInt => "INTEGER",
        TypeKind.Real => "DOUBLE",
        TypeKind.Varbinary => "VARCHAR",
        TypeKind.Decimal when Type.Precision > NativeDigitsMax => "VARCHAR",
        _ => IsNested ? "JSON" : Type.DuckDbName,
    };

    /// <summary>Of the column under the alias f.</summary>
    public string Expression => NativeType == Type.DuckDbName
        ? $"f.{DuckText.Name(Name)}"
        : $"CAST(f.{DuckText.Name(Name)} AS {Type.DuckDbName})";

    public static JsonField Of(string table, string name, SqlType type) => IsReadable(type)
        ? new JsonField(name, type)
        : throw new TarnException(
            ErrorKind.Unsupported, $"column '{name}' of table '{table}' has type {type}, which JSON cannot hold")
        {
            Code = "NOT_SUPPORTED",
        };

    private static bool IsReadable(SqlType type) =>
        type.Kind is not (TypeKind.Unknown or TypeKind.Json or TypeKind.IntervalDayToSecond
            or TypeKind.IntervalYearToMonth)
        && type.Arguments.All(IsReadable);
}
