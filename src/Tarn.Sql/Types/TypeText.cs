using Tarn.Primitives.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Parsing;

namespace Tarn.Sql.Types;

/// <summary>Types of the catalog's columns, in Hive's words.</summary>
public static class TypeText
{
    /// <summary>
    /// Parses <c>bigint</c>, <c>array&lt;struct&lt;a:int&gt;&gt;</c>, ...; null when Tarn does not know the type.
    /// </summary>
    public static SqlType? TryParseHive(string text)
    {
        try
        {
            // Hive's bare decimal is decimal(10,0); Trino's is decimal(38,0).
            var tokens = new TokenReader(text);
            var isBareDecimal = tokens.At("DECIMAL") && tokens.Peek().Kind == TokenKind.End;
            var type = new TypeParser(tokens).Parse();
            return tokens.Current.Kind != TokenKind.End || !IsStored(type) ? null
                : isBareDecimal ? SqlType.Decimal(10, 0)
                : type;
        }
        catch (TarnException)
        {
            return null;
        }
    }
    /// <summary>Types that tables may have: no reader knows char(n), times and uuid.</summary>
    private static bool IsStored(SqlType type) =>
        type.Kind is not (TypeKind.Char or TypeKind.Time or TypeKind.TimeWithTimeZone or TypeKind.Uuid)
        && type.Arguments.All(IsStored);
}
