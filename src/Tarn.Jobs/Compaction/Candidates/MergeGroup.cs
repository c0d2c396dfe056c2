using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>Objects of one folder that are to become one.</summary>
internal sealed record MergeGroup(MergeFormat Format, string Codec, IReadOnlyList<JobInput> Sources);
