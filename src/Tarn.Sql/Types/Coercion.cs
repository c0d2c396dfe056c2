namespace Tarn.Sql.Types;

/// <summary>Trino's implicit conversions.</summary>
internal static class Coercion
{
    /// <summary>The type both can be read as without CAST, or null.</summary>
    public static SqlType? Common(SqlType a, SqlType b)
    {
        if (a.Equals(b) || b.Kind == TypeKind.Unknown)
        {
            return a;
        }

        if (a.Kind == TypeKind.Unknown)
        {
            return b;
        }

        if (a.IsNumeric && b.IsNumeric)
        {
            return CommonNumeric(a, b);
        }

        if (IsMoment(a) && IsMoment(b))
        {
            return a.Kind > b.Kind ? a : b;
        }

        if (a.Kind != b.Kind || a.Arguments.Count != b.Arguments.Count || a.Arguments.Count == 0
            || !a.FieldNames.SequenceEqual(b.FieldNames, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var arguments = a.Arguments.Zip(b.Arguments, Common).ToList();
        return arguments.Contains(null) ? null : Rebuild(a, arguments.OfType<SqlType>().ToList());
    }

    public static bool CanCoerce(SqlType from, SqlType to) => Common(from, to) is { } common && common.Equals(to);

    /// <summary>An integer type as the decimal that holds all its values; others as they are.</summary>
    public static SqlType AsDecimal(SqlType type) => type.Kind switch
    {
        TypeKind.TinyInt => SqlType.Decimal(3, 0),
        TypeKind.SmallInt => SqlType.Decimal(5, 0),
        TypeKind.Integer => SqlType.Decimal(10, 0),
        TypeKind.BigInt => SqlType.Decimal(19, 0),
        _ => type,
    };

    private static bool IsMoment(SqlType type) =>
        type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;

    private static SqlType CommonNumeric(SqlType a, SqlType b)
    {
        if (a.IsFloating || b.IsFloating || (a.IsInteger && b.IsInteger))
        {
            return a.Kind > b.Kind ? a : b;
        }

        var (left, right) = (AsDecimal(a), AsDecimal(b));
        var scale = Math.Max(left.Scale, right.Scale);
        var whole = Math.Max(left.Precision - left.Scale, right.Precision - right.Scale);
        return SqlType.Decimal(Math.Min(38, whole + scale), scale);
    }

    private static SqlType Rebuild(SqlType shape, List<SqlType> arguments) => shape.Kind switch
    {
        TypeKind.Array => SqlType.Array(arguments[0]),
        TypeKind.Map => SqlType.Map(arguments[0], arguments[1]),
        _ => SqlType.Row(shape.FieldNames, arguments),
    };
}
