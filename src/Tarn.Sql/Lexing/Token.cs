using Tarn.Sql.Tree;

namespace Tarn.Sql.Lexing;

/// <summary>A word, literal or symbol.</summary>
/// <param name="Text">Unquoted content; of a symbol its characters.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, SqlPosition Position, int Start, int End)
{
    /// <summary>An unquoted word equal to <paramref name="keyword"/> (upper case).</summary>
    public bool Is(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>As messages show it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "'<EOF>'",
        TokenKind.Text => $"''{Text}''",
        TokenKind.BackquotedName => $"'`{Text}`'",
        TokenKind.QuotedName => $"'\"{Text}\"'",
        _ => $"'{Text}'",
    };
}
