using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Inputs;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Plans;

/// <summary>
/// Objects of one folder that become one, decided and not finished. Stored before the new object is written, so that a
/// repeat after a stop makes the same object of the same ones, and until nothing of it is left to be removed.
/// </summary>
/// <remarks>
/// Layout: resource kind <c>compaction-plan</c>, name <c>&lt;database&gt;/&lt;table&gt;/&lt;id, 32 hex
/// digits&gt;</c>, spec
/// <c>{"state":"Planned","folder":"s3://lake/raw/scores/hour=04/","sources":[{"bucket":"lake","key":"raw/…",
/// "etag":"…","size":123}],"target":"s3://lake/raw/scores/hour=04/compacted-….json.gz","format":"Json",
/// "codec":"gzip","plannedAt":"…","removeAt":null}</c>. The exclusion of the plan has the plan's id.
/// </remarks>
internal sealed record CompactionPlan
{
    public const string Kind = "compaction-plan";

    public PlanState State { get; init; }

    /// <summary><c>s3://bucket/prefix/</c>, of the sources and the new object alike.</summary>
    public required string Folder { get; init; }

    /// <summary>In the order of their rows in the new object.</summary>
    public required IReadOnlyList<JobInput> Sources { get; init; }

    /// <summary>The new object.</summary>
    public required string Target { get; init; }

    public required MergeFormat Format { get; init; }

    /// <summary>How the new object is compressed: a codec's name, of text or within Parquet.</summary>
    public required string Codec { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>When what does not count any more is removed; null while planned.</summary>
    public DateTimeOffset? RemoveAt { get; init; }

    public ObjectKey TargetKey() => ObjectKey.Parse(Target);

    public static string NameOf(TableName table, string id) => $"{table.Database}/{table.Name}/{id}";
}
