namespace Tarn.ContinuousQueries.Statements;

internal enum SqlTokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Symbol,
}
