namespace Tarn.Catalog.Exclusions;

/// <summary>An object that stands in a folder of tables without being part of them.</summary>
/// <param name="Name">Its key below the folder, without a slash.</param>
/// <param name="ETag">Only these bytes are excluded: what is put under the name later counts. Null: whatever stands
/// there.</param>
public sealed record ExcludedObject(string Name, string? ETag);
