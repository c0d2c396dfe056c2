namespace Tarn.Catalog.Exclusions;

/// <summary>Objects of one folder that count for no table, for as long as this is stored.</summary>
/// <param name="Id">Never used again, so that a reader sees that one came and went.</param>
/// <param name="Folder"><c>s3://bucket/prefix/</c>.</param>
public sealed record Exclusion(string Id, string Folder, IReadOnlyList<ExcludedObject> Objects);
