using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;
using Tarn.Jobs.Specs;

namespace Tarn.Jobs;

/// <summary>
/// How this room's resources become JSON. Unknown members are refused: they come from a later version.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobResource))]
[JsonSerializable(typeof(RunResource))]
[JsonSerializable(typeof(JobBookmark))]
[JsonSerializable(typeof(UsedInput))]
[JsonSerializable(typeof(CompactionPlan))]
[JsonSerializable(typeof(CompactionTotals))]
internal sealed partial class JobsJson : JsonSerializerContext;
