namespace Tarn.DuckDb.JsonRecords;

/// <summary>A payload that was left out.</summary>
/// <param name="Index">Its place in the list of payloads.</param>
/// <param name="Reason">Lower case, names the column where one is at fault.</param>
public readonly record struct SkippedRecord(int Index, string Reason);
