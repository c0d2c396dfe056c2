using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>
/// Types as Trino writes them (<c>array(bigint)</c>) and as Hive does (<c>array&lt;struct&lt;a:int&gt;&gt;</c>).
/// </summary>
internal sealed class TypeParser(TokenReader tokens)
{
    /// <summary>n of varchar(n) when the last parsed type was one.</summary>
    public int? VarcharLength { get; private set; }

    public SqlType Parse() => tokens.Nest(() =>
    {
        var position = tokens.Position;
        var isQuoted = tokens.Current.Kind == TokenKind.QuotedName;
        var name = tokens.ExpectName("<type>").Text.ToLowerInvariant();
        VarcharLength = null;
        return isQuoted ? throw Unknown(position, name) : ParseNamed(position, name);
    });

    private SqlType ParseNamed(SqlPosition position, string name)
    {
        switch (name)
        {
            case "boolean": return SqlType.Boolean;
            case "tinyint": return SqlType.TinyInt;
            case "smallint": return SqlType.SmallInt;
            case "int" or "integer": return SqlType.Integer;
            case "bigint": return SqlType.BigInt;
            case "real" or "float": return SqlType.Real;
            case "double":
                tokens.Accept("PRECISION");
                return SqlType.Double;
            case "string": return SqlType.Varchar;
            case "varchar": return ParseVarchar();
            case "varbinary" or "binary": return SqlType.Varbinary;
            case "date": return SqlType.Date;
            case "json": return SqlType.Json;
            case "uuid": return SqlType.Uuid;
            case "char": return ParseChar(position);
            case "time":
                var digits = ParsePrecision(position, name);
                return ParseZone() ? SqlType.TimeTzOf(digits) : SqlType.TimeOf(digits);
            case "timestamp":
                var precision = ParsePrecision(position, name);
                return ParseZone() ? SqlType.InZone("UTC", precision) : SqlType.TimestampOf(precision);
            case "interval": return ParseInterval();
            case "decimal" or "numeric" or "dec": return ParseDecimal(position);
            case "array":
                var element = ParseArguments(ParseNext);
                return element.Count == 1 ? SqlType.Array(element[0]) : throw Unknown(position, name);
            case "map":
                var pair = ParseArguments(ParseNext);
                return pair.Count == 2 ? SqlType.Map(pair[0], pair[1]) : throw Unknown(position, name);
            case "row" or "struct": return ParseRow();
            default: throw Unknown(position, name);
        }
    }

    private SqlType ParseNext()
    {
        var type = Parse();
        if (VarcharLength is not null)
        {
            VarcharLength = null;
        }

        return type;
    }

    private static TarnException Unknown(SqlPosition position, string name) => name is "ipaddress"
        ? SqlErrors.Unsupported(position, $"type {name} is not supported")
        : SqlErrors.Invalid("TYPE_NOT_FOUND", position, $"Unknown type: {name}");

    private SqlType ParseVarchar()
    {
        if (!tokens.AcceptSymbol("("))
        {
            return SqlType.Varchar;
        }

        VarcharLength = (int)Math.Min(tokens.ExpectCount("<integer>"), int.MaxValue);
        tokens.ExpectSymbol(")");
        return SqlType.VarcharOf(VarcharLength.Value);
    }

    private SqlType ParseChar(SqlPosition position)
    {
        const int LengthMax = 65_536;
        var length = 1L;
        if (tokens.AcceptSymbol("("))
        {
            length = tokens.ExpectCount("<integer>");
            tokens.ExpectSymbol(")");
        }

        return length <= LengthMax
            ? SqlType.CharOf((int)length)
            : throw SqlErrors.Invalid(
                "TYPE_NOT_FOUND", position, $"CHAR length must be in range [0, {LengthMax}], got {length}");
    }

    private int ParsePrecision(SqlPosition position, string name)
    {
        if (!tokens.AcceptSymbol("("))
        {
            return 3;
        }

        var digits = tokens.ExpectCount("<integer>");
        tokens.ExpectSymbol(")");
        return digits switch
        {
            <= 6 => (int)digits,
            <= 12 => throw SqlErrors.Unsupported(
                position, $"{name}({digits}) is not supported: values are kept in microseconds", $"use {name}(6)"),
            _ => throw SqlErrors.Invalid(
                "TYPE_NOT_FOUND",
                position,
                $"{name.ToUpperInvariant()} precision must be in range [0, 12]: {digits}"),
        };
    }

    private bool ParseZone()
    {
        var isZoned = tokens.At("WITH", "TIME");
        if (isZoned || tokens.At("WITHOUT", "TIME"))
        {
            tokens.Next();
            tokens.Next();
            tokens.Expect("ZONE");
        }

        return isZoned;
    }

    private SqlType ParseInterval()
    {
        var isYear = tokens.Accept("YEAR");
        if (!isYear)
        {
            tokens.Expect("DAY");
        }

        tokens.Expect("TO");
        tokens.Expect(isYear ? "MONTH" : "SECOND");
        return isYear ? SqlType.IntervalYearToMonth : SqlType.IntervalDayToSecond;
    }

    private SqlType ParseDecimal(SqlPosition position)
    {
        if (!tokens.AcceptSymbol("("))
        {
            return SqlType.Decimal(38, 0);
        }

        var precision = tokens.ExpectCount("<integer>");
        var scale = tokens.AcceptSymbol(",") ? tokens.ExpectCount("<integer>") : 0;
        tokens.ExpectSymbol(")");
        return precision is >= 1 and <= 38 && scale <= precision
            ? SqlType.Decimal((int)precision, (int)scale)
            : throw SqlErrors.Invalid("TYPE_NOT_FOUND", position, $"Unknown type: decimal({precision},{scale})");
    }

    private SqlType ParseRow()
    {
        var names = new List<string>();
        var types = ParseArguments(() =>
        {
            var next = tokens.Peek();
            var isNamed = !next.IsSymbol("(") && !next.IsSymbol("<") && !next.IsSymbol(",") && !next.IsSymbol(")")
                && !next.IsSymbol(">");
            names.Add(isNamed ? tokens.ExpectName().Text.ToLowerInvariant() : "");
            tokens.AcceptSymbol(":");
            return ParseNext();
        });
        return SqlType.Row(names, types);
    }

    private List<SqlType> ParseArguments(Func<SqlType> argument)
    {
        var close = tokens.AcceptSymbol("<") ? ">" : ")";
        if (close == ")")
        {
            tokens.ExpectSymbol("(");
        }

        var types = tokens.List(argument);
        tokens.ExpectSymbol(close);
        return types;
    }
}
