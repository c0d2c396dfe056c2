namespace Tarn.Query.Estimates;

/// <summary>A column within a row group.</summary>
/// <param name="Bytes">Compressed, of all its parts when the column is nested.</param>
/// <param name="Min">As text; null: not known.</param>
/// <param name="Max">As text; null: not known.</param>
internal sealed record ParquetChunk(long Bytes, string? Min, string? Max);
