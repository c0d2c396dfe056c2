namespace Tarn.Sql.Functions.Native.Times;

/// <summary>One element of a pattern.</summary>
/// <param name="Digits">Digits that are written at least; of Offset, 2 puts a colon between hours and minutes.</param>
/// <param name="DigitsMax">Digits that are read at most.</param>
/// <param name="Text">Of a literal. Of a two-digit year, the pivot in the middle of its hundred years.</param>
internal sealed record TimeElement(TimeField Field, int Digits, int DigitsMax, string Text);
