using Tarn.Delivery.Checkpoints;

namespace Tarn.Delivery.Batches;

/// <summary>A finished file and the object that it becomes.</summary>
/// <param name="Folder">Of data: what its records were told apart by. Null: failures.</param>
internal sealed record SealedOutput(string? Folder, PlannedOutput Output, StagedFile File);
