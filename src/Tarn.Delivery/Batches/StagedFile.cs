namespace Tarn.Delivery.Batches;

/// <summary>A finished file in the staging directory.</summary>
internal sealed record StagedFile(string Path, long Records);
