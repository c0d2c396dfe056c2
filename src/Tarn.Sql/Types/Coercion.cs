namespace Tarn.Sql.Types;

/// <summary>Trino's implicit conversions.</summary>
public static class Coercion
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

        if (a.IsText && b.IsText)
        {
            return CommonText(a, b);
        }

        if ((IsMoment(a) && IsMoment(b)) || (IsTime(a) && IsTime(b)))
        {
            return WithPrecision(a.Kind > b.Kind ? a : b, Math.Max(a.Precision, b.Precision));
        }

        if (a.Kind != b.Kind || a.Arguments.Count != b.Arguments.Count || a.Arguments.Count == 0)
        {
            return null;
        }

        var arguments = a.Arguments.Zip(b.Arguments, Common).ToList();
        return arguments.Contains(null) ? null : Rebuild(a, b, arguments.OfType<SqlType>().ToList());
    }

    /// <summary>Whether a value of <paramref name="from"/> may stand where <paramref name="to"/> is wanted.</summary>
    public static bool CanCoerce(SqlType from, SqlType to)
    {
        if (from.IsText && to.IsText)
        {
            return to.Length is null || (from.Length is { } length && length <= to.Length);
        }

        return Common(from, to) is { } common && (common.Equals(to) || IsSameShape(common, to));
    }

    /// <summary>An integer type as the decimal that holds all its values; others as they are.</summary>
    public static SqlType AsDecimal(SqlType type) => type.Kind switch
    {
        TypeKind.TinyInt => SqlType.Decimal(3, 0),
        TypeKind.SmallInt => SqlType.Decimal(5, 0),
        TypeKind.Integer => SqlType.Decimal(10, 0),
        TypeKind.BigInt => SqlType.Decimal(19, 0),
        _ => type,
    };

    /// <summary>Rows whose fields have other names are still the same rows.</summary>
    private static bool IsSameShape(SqlType a, SqlType b) =>
        a.Kind == b.Kind && a.Arguments.Count == b.Arguments.Count && a.Arguments.Count > 0
        && a.Arguments.Zip(b.Arguments).All(pair => pair.First.Equals(pair.Second)
            || IsSameShape(pair.First, pair.Second));

    private static bool IsMoment(SqlType type) =>
        type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;

    private static bool IsTime(SqlType type) => type.Kind is TypeKind.Time or TypeKind.TimeWithTimeZone;

    /// <summary>A time or timestamp with other digits; other types as they are.</summary>
    public static SqlType WithPrecision(SqlType type, int precision) => type.Kind switch
    {
        TypeKind.Time => SqlType.TimeOf(precision),
        TypeKind.TimeWithTimeZone => SqlType.TimeTzOf(precision),
        TypeKind.Timestamp => SqlType.TimestampOf(precision),
        TypeKind.TimestampWithTimeZone => SqlType.InZone(type.Zone, precision),
        _ => type,
    };

    /// <summary>char beside varchar is compared as char.</summary>
    private static SqlType CommonText(SqlType a, SqlType b)
    {
        var length = a.Length is { } x && b.Length is { } y ? Math.Max(x, y) : (int?)null;
        return a.Kind == TypeKind.Char || b.Kind == TypeKind.Char
            ? SqlType.CharOf(length ?? (a.Kind == TypeKind.Char ? a : b).Length!.Value)
            : length is { } both ? SqlType.VarcharOf(both) : SqlType.Varchar;
    }

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

    private static SqlType Rebuild(SqlType a, SqlType b, List<SqlType> arguments) => a.Kind switch
    {
        TypeKind.Array => SqlType.Array(arguments[0]),
        TypeKind.Map => SqlType.Map(arguments[0], arguments[1]),
        _ => SqlType.Row(
            [.. a.FieldNames.Zip(b.FieldNames, (x, y) => x.Equals(y, StringComparison.OrdinalIgnoreCase) ? x : "")],
            arguments),
    };
}
