namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>What a delete did to the rows of its key; the files follow.</summary>
/// <param name="Gone">The row that was current, or null.</param>
/// <param name="IsArchived">That one is an earlier version now.</param>
/// <param name="Removed">An archived version or marker that is gone for good, or null.</param>
/// <param name="MarkerId">Version of the delete marker that was made, or null.</param>
internal sealed record DeleteOutcome(ObjectRow? Gone, bool IsArchived, VersionRow? Removed, string? MarkerId);
