namespace Tarn.Storage.Objects.Scanning;

/// <summary>What a scan did.</summary>
/// <param name="Objects">Objects compared with their files, adopted ones included.</param>
/// <param name="Adopted">Files that became objects.</param>
/// <param name="Left">Files that were left alone.</param>
/// <param name="Damaged">Objects whose file is gone or has another length.</param>
public sealed record ScanSummary(long Objects, long Adopted, long Left, long Damaged);
