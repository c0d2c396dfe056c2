using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Lines;

/// <summary>
/// A column of a table of lines: the cell that a line is parsed into, and the DuckDB expression that makes it the type.
/// Types without a cell go through text: wide decimals as digits, values with parts as JSON in the form of
/// <see cref="JsonLines.JsonNested"/>, bytes as <see cref="BinaryText"/>.
/// </summary>
/// <param name="Type">That lines are read by.</param>
/// <param name="Position">Among the columns of the line, for lines without names.</param>
internal sealed record LineField(string Name, SqlType Type, int Position)
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

    public static LineField Of(string owner, ScanColumn column) => IsReadable(column.Stored)
        ? new LineField(column.Name, column.Stored, column.Position)
        : throw new TarnException(
            ErrorKind.Unsupported,
            $"column '{column.Name}' of {owner} has type {column.Stored}, which lines of text cannot hold")
        {
            Code = "NOT_SUPPORTED",
        };

    /// <summary>The column under the alias f as another type.</summary>
    public string As(SqlType target)
    {
        var cell = $"f.{DuckText.Name(Name)}";
        var own = NativeType == Type.DuckDbName ? cell : $"CAST({cell} AS {Type.DuckDbName})";
        return target.DuckDbName == Type.DuckDbName ? own : $"CAST({own} AS {target.DuckDbName})";
    }

    private static bool IsReadable(SqlType type) =>
        type.Kind is not (TypeKind.Unknown or TypeKind.Json or TypeKind.IntervalDayToSecond
            or TypeKind.IntervalYearToMonth)
        && type.Arguments.All(IsReadable);
}
