namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>What a put did to the rows of its key; the files follow.</summary>
/// <param name="Made">The new row.</param>
/// <param name="Archived">The row that was current and is an earlier version now, or null.</param>
/// <param name="Removed">The version <c>null</c> that is gone, or null.</param>
internal sealed record PutOutcome(ObjectRow Made, ObjectRow? Archived, VersionRow? Removed);
