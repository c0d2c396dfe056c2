using Tarn.Storage.Objects;

namespace Tarn.Jobs.Targets;

/// <summary>A staged file and the object it becomes.</summary>
/// <param name="Location">Of the partition that the object belongs to.</param>
internal sealed record PlannedOutput(StagedFile File, ObjectKey Object, string Location);
