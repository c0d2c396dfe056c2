using System.Globalization;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Printing;

/// <summary>Literals and intervals with their level, which is a sign's where they bear one.</summary>
internal static class LiteralPrinter
{
    public static (string Text, int Level) Print(Expression.Literal literal)
    {
        var type = literal.Type;
        if (literal.Text is not { } text)
        {
            return ("NULL", 11);
        }

        return type.Kind switch
        {
            TypeKind.Boolean => (text.ToUpperInvariant(), 11),
            TypeKind.Decimal when text.StartsWith('+') || !text.Contains('.', StringComparison.Ordinal) =>
                ($"DECIMAL {NameText.Text(text)}", 11),
            _ when type.IsNumeric => (text, text.StartsWith('-') ? 8 : 11),
            TypeKind.Varbinary => ($"X{NameText.Text(text)}", 11),
            TypeKind.Date => ($"DATE {NameText.Text(text)}", 11),
            TypeKind.Timestamp => ($"TIMESTAMP {NameText.Text(text)}", 11),
            TypeKind.TimestampWithTimeZone => ($"TIMESTAMP {NameText.Text($"{text} {type.Zone}")}", 11),
            TypeKind.Time or TypeKind.TimeWithTimeZone => ($"TIME {NameText.Text(text)}", 11),
            TypeKind.Varchar => (NameText.Text(text), 11),
            _ => ($"{type.BaseName.ToUpperInvariant()} {NameText.Text(text)}", 11),
        };
    }

    public static string Print(Expression.Interval interval)
    {
        if (interval.Unit != "millisecond")
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"INTERVAL '{interval.Count}' {interval.Unit.ToUpperInvariant()}");
        }

        var milliseconds = Math.Abs((decimal)interval.Count);
        var seconds = decimal.Truncate(milliseconds / 1000);
        var sign = interval.Count < 0 ? "-" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"INTERVAL '{sign}{seconds}.{milliseconds % 1000:000}' SECOND");
    }
}
