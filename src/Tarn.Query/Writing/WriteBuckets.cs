namespace Tarn.Query.Writing;

/// <summary>Rows are divided among so many buckets by Hive's hash of these columns.</summary>
internal sealed record WriteBuckets(IReadOnlyList<WriteColumn> Columns, int Count);
