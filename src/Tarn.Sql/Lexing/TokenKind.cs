namespace Tarn.Sql.Lexing;

internal enum TokenKind
{
    End,
    Word,
    QuotedName,
    Text,
    Integer,
    Decimal,
    Double,
    Symbol,
}
