namespace Tarn.Query.Estimates;

/// <summary>The columns of one row group, by lower-case name.</summary>
internal sealed record ParquetRowGroup(IReadOnlyDictionary<string, ParquetChunk> Columns);
