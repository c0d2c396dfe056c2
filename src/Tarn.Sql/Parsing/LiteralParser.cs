using System.Globalization;
using System.Text;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>Numbers, strings, TRUE, NULL, and typed literals such as <c>DATE '2026-11-23'</c>.</summary>
internal sealed class LiteralParser(TokenReader tokens)
{
    private readonly IntervalParser _intervals = new(tokens);

    public Expression? TryParse()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                tokens.Next();
                return TextLiteral(token.Position, token.Text);
            case TokenKind.UnicodeText:
                tokens.Next();
                return TextLiteral(token.Position, Unescape(token));
            case TokenKind.Integer:
                tokens.Next();
                return new Expression.Literal(token.Position, token.Text, IntegerType(token));
            case TokenKind.Decimal:
                tokens.Next();
                return new Expression.Literal(token.Position, token.Text, DecimalType(token.Position, token.Text));
            case TokenKind.Double:
                tokens.Next();
                return new Expression.Literal(token.Position, token.Text, SqlType.Double);
            case TokenKind.Word:
                return tokens.Peek().Kind == TokenKind.Text || token.Is("INTERVAL")
                    || (token.Is("DOUBLE") && tokens.Peek().Is("PRECISION") && tokens.Peek(2).Kind == TokenKind.Text)
                    ? ParseTyped(token)
                    : ParseWord(token);
            default:
                return null;
        }
    }

    private Expression.Literal? ParseWord(Token token)
    {
        switch (token.Text.ToUpperInvariant())
        {
            case "NULL":
                tokens.Next();
                return new Expression.Literal(token.Position, null, SqlType.Unknown);
            case "TRUE" or "FALSE":
                tokens.Next();
                return new Expression.Literal(token.Position, token.Text.ToLowerInvariant(), SqlType.Boolean);
            default:
                return null;
        }
    }

    private Expression? ParseTyped(Token token)
    {
        var position = token.Position;
        switch (token.Text.ToUpperInvariant())
        {
            case "DATE":
                tokens.Next();
                return new Expression.Literal(position, DateText(position, tokens.Next().Text), SqlType.Date);
            case "TIMESTAMP":
                tokens.Next();
                return MomentLiterals.Timestamp(position, tokens.Next().Text);
            case "TIME":
                tokens.Next();
                return MomentLiterals.Time(position, tokens.Next().Text);
            case "DECIMAL":
                tokens.Next();
                var text = tokens.Next().Text;
                return new Expression.Literal(position, text, DecimalType(position, text));
            case "INTERVAL" when tokens.Peek().Kind == TokenKind.Text
                || ((tokens.Peek().IsSymbol("-") || tokens.Peek().IsSymbol("+"))
                    && tokens.Peek(2).Kind == TokenKind.Text):
                tokens.Next();
                return _intervals.Parse(position);
            case "X":
                tokens.Next();
                return new Expression.Literal(position, Hex(tokens.Next()), SqlType.Varbinary);
            case "UUID" or "IPADDRESS" or "CHAR" or "VARBINARY" or "BIGINT" or "INTEGER"
                or "SMALLINT" or "TINYINT" or "DOUBLE" or "REAL" or "VARCHAR" or "BOOLEAN"
                or "JSON":
                var type = new TypeParser(tokens).Parse();
                var literal = tokens.Next();
                var value = TextLiteral(position, literal.Text);
                return type == SqlType.Json
                    ? new Expression.Call(position, "json_parse", [value])
                    : new Expression.Cast(position, value, type, null, IsTry: false);
            default:
                return ParseWord(token);
        }
    }

    private static Expression.Literal TextLiteral(SqlPosition position, string text) =>
        new(position, text, SqlType.VarcharOf(text.EnumerateRunes().Count()));

    private static SqlType IntegerType(Token token) =>
        !long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? throw SqlErrors.Invalid("INVALID_LITERAL", token.Position, $"Invalid numeric literal: {token.Text}")
            : value <= int.MaxValue ? SqlType.Integer : SqlType.BigInt;

    private static SqlType DecimalType(SqlPosition position, string text)
    {
        var digits = text.TrimStart('-', '+');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? digits : digits[..point]).TrimStart('0').Length;
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var precision = Math.Max(1, whole + scale);
        var isNumber = digits.Any(char.IsAsciiDigit) && text.Length - digits.Length <= 1
            && digits.Count(c => c == '.') <= 1 && digits.All(c => char.IsAsciiDigit(c) || c == '.');
        return precision <= 38 && isNumber
            ? SqlType.Decimal(precision, scale)
            : throw SqlErrors.Invalid("INVALID_LITERAL", position, $"Invalid decimal literal: {text}");
    }

    private static string DateText(SqlPosition position, string text) =>
        DateOnly.TryParseExact(
            text.Trim(), ["yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw SqlErrors.Invalid(
                "INVALID_LITERAL", position, $"'{text}' is not a valid DATE literal", "write DATE '2026-11-23'");

    /// <summary>The bytes of X'...' as upper case hex digits.</summary>
    private static string Hex(Token token)
    {
        var digits = string.Concat(token.Text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return !digits.All(char.IsAsciiHexDigit)
            ? throw SqlErrors.Invalid(
                "INVALID_LITERAL", token.Position, "Binary literal can only contain hexadecimal digits")
            : digits.Length % 2 != 0
                ? throw SqlErrors.Invalid(
                    "INVALID_LITERAL", token.Position, "Binary literal must contain an even number of digits")
                : digits;
    }

    /// <summary>U&amp;'...' with <c>\0041</c> and <c>\+01F600</c>; UESCAPE may name another escape.</summary>
    private string Unescape(Token token)
    {
        var escape = '\\';
        if (tokens.Accept("UESCAPE"))
        {
            var position = tokens.Position;
            var text = tokens.ExpectText();
            escape = text.Length == 1 && !char.IsAsciiHexDigit(text[0]) && text[0] is not ('+' or '\'' or '"' or ' ')
                ? text[0]
                : throw SqlErrors.Syntax(position, "Invalid Unicode escape character");
        }

        var result = new StringBuilder();
        for (var i = 0; i < token.Text.Length; i++)
        {
            if (token.Text[i] != escape)
            {
                result.Append(token.Text[i]);
            }
            else if (i + 1 < token.Text.Length && token.Text[i + 1] == escape)
            {
                result.Append(token.Text[++i]);
            }
            else
            {
                var isLong = i + 1 < token.Text.Length && token.Text[i + 1] == '+';
                var (start, length) = isLong ? (i + 2, 6) : (i + 1, 4);
                result.Append(CodePoint(token, start, length));
                i = start + length - 1;
            }
        }

        return result.ToString();
    }

    private static string CodePoint(Token token, int start, int length)
    {
        var code = -1;
        if (start + length <= token.Text.Length && token.Text.Substring(start, length).All(char.IsAsciiHexDigit))
        {
            code = int.Parse(
                token.Text.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return Rune.IsValid(code)
            ? new Rune(code).ToString()
            : throw SqlErrors.Syntax(token.Position, "Invalid Unicode escape sequence in U&'...'");
    }
}
