using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>A declared column.</summary>
internal sealed record JsonColumn(string Name, NativeType Type);
