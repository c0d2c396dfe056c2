namespace Tarn.Storage.Metadata;

/// <summary>One declared thing: a stream, a table, a partition, a job, a checkpoint.</summary>
/// <param name="Kind">Lower-case word such as <c>stream</c>, owned by one assembly.</param>
/// <param name="Name">Unique within the kind; hierarchical names use <c>/</c>.</param>
/// <param name="Spec">JSON text; its shape is the owner's and documented in docs/formats.</param>
/// <param name="Version">1 on creation, plus one per change.</param>
public sealed record Resource(string Kind, string Name, string Spec, long Version);
