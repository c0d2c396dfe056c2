namespace Tarn.ContinuousQueries.Statements;

/// <summary>A piece of SQL.</summary>
/// <param name="Text">The word as written; a quoted name or string without its quotes; a symbol.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">Of its first character, from 1.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Start, int End, int Line, int Column)
{
    /// <summary>Where it stands, as errors say it.</summary>
    public string Place => $"line {Line}:{Column}";

    /// <summary>True for that bare word (any case) or symbol.</summary>
    public bool Is(string wordOrSymbol) =>
        Kind is SqlTokenKind.Word or SqlTokenKind.Symbol
        && string.Equals(Text, wordOrSymbol, StringComparison.OrdinalIgnoreCase);
}
