using Tarn.Query.Executions;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Results;

/// <summary>Columns as Athena tells them: REAL is <c>float</c>, times have precision 3 whatever they hold.</summary>
internal static class ResultColumns
{
    private const int BytesMax = 1_073_741_824;

    public static ResultColumn Of(TranslatedColumn column)
    {
        var type = column.Type;
        var (precision, scale) = type.Kind switch
        {
            TypeKind.TinyInt => (3, 0),
            TypeKind.SmallInt => (5, 0),
            TypeKind.Integer => (10, 0),
            TypeKind.BigInt => (19, 0),
            TypeKind.Real or TypeKind.Double => (17, 0),
            TypeKind.Decimal => (type.Precision, type.Scale),
            TypeKind.Varchar or TypeKind.Char => (type.Length ?? int.MaxValue, 0),
            TypeKind.Varbinary => (BytesMax, 0),
            TypeKind.Timestamp or TypeKind.TimestampWithTimeZone
                or TypeKind.Time or TypeKind.TimeWithTimeZone => (3, 0),
            _ => (0, 0),
        };
        return new ResultColumn(
            column.Name, type.Kind == TypeKind.Real ? "float" : type.BaseName, precision, scale);
    }
}
