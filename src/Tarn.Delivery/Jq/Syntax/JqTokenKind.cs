namespace Tarn.Delivery.Jq.Syntax;

/// <summary>Kinds of a query's tokens.</summary>
internal enum JqTokenKind
{
    /// <summary><c>.name</c>, written together.</summary>
    Field,

    /// <summary>A function's name or a key word.</summary>
    Word,

    Number,

    /// <summary>Text in quotes, in pieces.</summary>
    Text,

    /// <summary><c>@name</c></summary>
    Format,

    /// <summary><c>$name</c></summary>
    Variable,

    Operator,

    End,
}
