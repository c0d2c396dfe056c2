namespace Tarn.Sql.Lexing;

internal enum TokenKind
{
    End,
    Word,
    QuotedName,

    /// <summary>A name in back quotes, which only Hive's statements take.</summary>
    BackquotedName,
    Text,

    /// <summary>U&amp;'...', its escapes not yet read.</summary>
    UnicodeText,
    Integer,
    Decimal,
    Double,
    Symbol,
}
