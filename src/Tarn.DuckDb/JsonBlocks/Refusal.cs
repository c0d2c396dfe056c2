namespace Tarn.DuckDb.JsonBlocks;

/// <summary>Why a payload became no row.</summary>
/// <param name="Column">The column whose value does not fit; null for the payload as a whole.</param>
/// <param name="Reason">Lower case, without the column's name.</param>
public readonly record struct Refusal(RefusalKind Kind, string? Column, string Reason);
