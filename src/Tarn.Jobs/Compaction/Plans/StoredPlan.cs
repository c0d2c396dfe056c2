using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction.Plans;

/// <summary>A plan, what it is called, and the version that the metadata store holds of it.</summary>
internal sealed record StoredPlan(TableName Table, string Id, CompactionPlan Plan, long Version);
