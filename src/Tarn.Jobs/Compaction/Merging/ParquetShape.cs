namespace Tarn.Jobs.Compaction.Merging;

/// <summary>What a Parquet file is like.</summary>
/// <param name="Columns">Names and types as DuckDB reads them, one a line; files with the same ones can become one.
/// </param>
/// <param name="Codec">How its columns are compressed, as COPY names it.</param>
/// <param name="Rows">In the whole file.</param>
internal sealed record ParquetShape(string Columns, string Codec, long Rows)
{
    /// <summary>Why it can be merged with nothing, or null.</summary>
    public string? Unfit { get; init; }
}
