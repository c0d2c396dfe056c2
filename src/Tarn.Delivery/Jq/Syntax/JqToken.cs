namespace Tarn.Delivery.Jq.Syntax;

/// <summary>A token and where it begins, counted in characters from 0.</summary>
/// <param name="Text">Name without sigil, number, or operator; of text its quoted form.</param>
/// <param name="Pieces">Of text: literal pieces and the tokens of interpolations, in order.</param>
internal sealed record JqToken(JqTokenKind Kind, string Text, int Position, IReadOnlyList<JqTextPiece> Pieces)
{
    public JqToken(JqTokenKind kind, string text, int position)
        : this(kind, text, position, [])
    {
    }

    public bool Is(string @operator) => Kind == JqTokenKind.Operator && Text == @operator;

    public bool IsWord(string word) => Kind == JqTokenKind.Word && Text == word;

    /// <summary>How messages show it.</summary>
    public string Show() => Kind switch
    {
        JqTokenKind.End => "the end",
        JqTokenKind.Field => $"'.{Text}'",
        JqTokenKind.Format => $"'@{Text}'",
        JqTokenKind.Variable => $"'${Text}'",
        _ => $"'{Text}'",
    };
}
