namespace Tarn.Jobs.Compaction.Merging;

internal enum MergeFormat
{
    Json,
    Parquet,
}
