namespace Tarn.Storage.Objects.Scanning;

/// <summary>Something that a scan came upon.</summary>
/// <param name="Key">The object's key; null: the path stands for none.</param>
/// <param name="Path">Below the bucket's folder.</param>
/// <param name="Detail">Why, in one clause; empty for an adopted file.</param>
public sealed record ScanFinding(ScanFindingKind Kind, string? Key, string Path, string Detail);
