namespace Tarn.DuckDb.Results;

/// <summary>An INTERVAL that has months, which have no fixed length. Parts may differ in sign.</summary>
public readonly record struct DuckDbInterval(int Months, int Days, long Micros);
