using Tarn.Formats.Avro;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Avro;

/// <summary>
/// Which Avro values a column can hold: those of Avro's own rules for schemas that change, with Hive's names for types.
/// </summary>
internal static class AvroFit
{
    private const int DepthMax = 100;

    /// <summary>Of a union it is enough that one branch fits: a value of another fails when it comes.</summary>
    public static bool Fits(AvroType from, SqlType to) => Fits(from, to, depth: 0);

    private static bool Fits(AvroType from, SqlType to, int depth) => depth < DepthMax && from.Kind switch
    {
        AvroKind.Null => true,
        AvroKind.Boolean => to.Kind == TypeKind.Boolean,
        AvroKind.Int => to.IsInteger || to.IsFloating || to.Kind == TypeKind.Date,
        AvroKind.Long => to.Kind is TypeKind.BigInt or TypeKind.Timestamp || to.IsFloating,
        AvroKind.Float => to.IsFloating,
        AvroKind.Double => to.Kind == TypeKind.Double,
        AvroKind.String => to.Kind is TypeKind.Varchar or TypeKind.Varbinary,
        AvroKind.Enum => to.Kind == TypeKind.Varchar,
        AvroKind.Bytes => to.Kind is TypeKind.Varbinary or TypeKind.Varchar || IsDecimal(from, to),
        AvroKind.Fixed => to.Kind == TypeKind.Varbinary || IsDecimal(from, to)
            || (from.Logical == "uuid" && to.Kind == TypeKind.Varchar),
        AvroKind.Array => to.Kind == TypeKind.Array && Fits(from.Parts[0], to.Arguments[0], depth + 1),
        AvroKind.Map => to.Kind == TypeKind.Map && to.Arguments[0].Kind == TypeKind.Varchar
            && Fits(from.Parts[0], to.Arguments[1], depth + 1),
        AvroKind.Record => to.Kind == TypeKind.Row && FieldsFit(from, to, depth + 1),
        _ => from.Parts.Any(branch => branch.Kind != AvroKind.Null && Fits(branch, to, depth + 1))
            || from.Parts.All(branch => branch.Kind == AvroKind.Null),
    };

    private static bool FieldsFit(AvroType from, SqlType to, int depth) => from.Fields.All(field =>
        FindField(to, field.Name) is var index && (index < 0 || Fits(field.Type, to.Arguments[index], depth)));

    /// <summary>The field of a row by its name, case ignored; -1: there is none.</summary>
    public static int FindField(SqlType row, string name)
    {
        for (var index = 0; index < row.FieldNames.Count; index++)
        {
            if (row.FieldNames[index].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool IsDecimal(AvroType from, SqlType to) =>
        from.Logical == "decimal" && to.Kind == TypeKind.Decimal;
}
