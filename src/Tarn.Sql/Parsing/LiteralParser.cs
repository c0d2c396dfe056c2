using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>Numbers, strings, TRUE, NULL, and typed literals such as <c>DATE '2026-11-23'</c>.</summary>
internal sealed partial class LiteralParser(TokenReader tokens)
{
    public Expression? TryParse()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                tokens.Next();
                return new Expression.Literal(token.Position, token.Text, SqlType.Varchar);
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
                return tokens.Peek().Kind == TokenKind.Text
                    || token.Is("INTERVAL") ? ParseTyped(token) : ParseWord(token);
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
                return ParseTimestamp(position, tokens.Next().Text);
            case "DECIMAL":
                tokens.Next();
                var text = tokens.Next().Text;
                return new Expression.Literal(position, text, DecimalType(position, text));
            case "INTERVAL" when tokens.Peek().Kind == TokenKind.Text || tokens.Peek().Kind == TokenKind.Symbol:
                tokens.Next();
                return ParseInterval(position);
            case "X" or "U" or "TIME":
                throw SqlErrors.Unsupported(position, $"{token.Text.ToUpperInvariant()} literals are not supported");
            case "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "DOUBLE" or "REAL" or "VARCHAR" or "BOOLEAN"
                or "JSON":
                var type = new TypeParser(tokens).Parse();
                var literal = tokens.Next();
                var value = new Expression.Literal(position, literal.Text, SqlType.Varchar);
                return type == SqlType.Json
                    ? new Expression.Call(position, "json_parse", [value])
                    : new Expression.Cast(position, value, type, null, IsTry: false);
            default:
                return ParseWord(token);
        }
    }

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
        return precision <= 38 && decimal.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? SqlType.Decimal(precision, scale)
            : throw SqlErrors.Invalid("INVALID_LITERAL", position, $"Invalid decimal literal: {text}");
    }

    private static string DateText(SqlPosition position, string text) =>
        DateOnly.TryParseExact(
            text.Trim(), ["yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw SqlErrors.Invalid(
                "INVALID_LITERAL", position, $"'{text}' is not a valid DATE literal", "write DATE '2026-11-23'");

    private static Expression.Literal ParseTimestamp(SqlPosition position, string text)
    {
        var match = TimestampPattern().Match(text);
        string[] formats =
        [
            "yyyy-M-d", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.f", "yyyy-M-d H:m:s.ff", "yyyy-M-d H:m:s.fff",
        ];
        if (!match.Success || !DateTime.TryParseExact(
            match.Groups["local"].Value, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            throw SqlErrors.Invalid(
                "INVALID_LITERAL",
                position,
                $"'{text}' is not a valid TIMESTAMP literal",
                "write TIMESTAMP '2026-11-23 10:00:00.000'");
        }

        var zone = match.Groups["zone"].Value;
        return new Expression.Literal(
            position,
            local.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            zone.Length == 0 ? SqlType.Timestamp : SqlType.InZone(zone));
    }

    private Expression.Interval ParseInterval(SqlPosition position)
    {
        var sign = tokens.AcceptSymbol("-") ? -1 : 1;
        tokens.AcceptSymbol("+");
        var text = tokens.Current;
        if (text.Kind != TokenKind.Text || !long.TryParse(
            text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
        {
            throw SqlErrors.Syntax(text.Position, "an interval is a whole number in quotes", "write INTERVAL '3' DAY");
        }

        tokens.Next();
        var unit = tokens.Next();
        if (
            unit.Text.ToUpperInvariant() is not (
                "SECOND" or "MINUTE" or "HOUR" or "DAY" or "WEEK" or "MONTH" or "YEAR"))
        {
            throw SqlErrors.Syntax(
                unit.Position,
                $"mismatched input {unit.Shown}. "
                    + "Expecting: 'DAY', 'HOUR', 'MINUTE', 'MONTH', 'SECOND', 'WEEK', 'YEAR'");
        }

        return tokens.At("TO")
            ? throw SqlErrors.Unsupported(tokens.Position, "INTERVAL ... TO ... is not supported", "add two intervals")
            : new Expression.Interval(position, sign * count, unit.Text.ToLowerInvariant());
    }

    [
        GeneratedRegex(
            @"^\s*(?<local>\d{4,}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,3})?)?)?)"
        + @"(\s*(?<zone>[A-Za-z][A-Za-z0-9_/+-]*))?\s*$")]
    private static partial Regex TimestampPattern();
}
